package io.tidings.message;

/**
 * Why something did not work, in a form that can be stored, shown and logged: it never holds a number, a text or the
 * provider's own wording (which may echo them).
 *
 * @param code the provider's error code, 0 if it gave none
 * @param kind what it means for the message
 * @param explanation what happened, in plain words
 * @param advice what the reader can do
 */
public record Failure(int code, ErrorKind kind, String explanation, String advice) {}
