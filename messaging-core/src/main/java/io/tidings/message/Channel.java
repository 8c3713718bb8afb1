package io.tidings.message;

/** How a message travels. */
public enum Channel {
    /** Plain text, split into segments. */
    SMS,
    /** Text with media, or text sent as one piece. */
    MMS,
    /** A WhatsApp message. */
    WHATSAPP,
    /** A phone call. */
    VOICE
}
