package io.tidings.webhook;

import io.tidings.message.AttemptStatus;
import io.tidings.provider.ProviderFact;
import io.tidings.webhook.RawCallback.Parameter;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the parameters of a status callback. The signature has no separators ({@code A=BC} signs like {@code AB=C}), so
 * only known names with strict formats count, each at most once, and a cut that would hide one of them is refused.
 */
final class StatusCallbacks {
    private static final Map<String, AttemptStatus> STATUSES = Map.ofEntries(
            Map.entry("accepted", AttemptStatus.ACCEPTED),
            Map.entry("scheduled", AttemptStatus.ACCEPTED),
            Map.entry("queued", AttemptStatus.QUEUED),
            Map.entry("sending", AttemptStatus.SENDING),
            Map.entry("sent", AttemptStatus.SENT),
            Map.entry("canceled", AttemptStatus.CANCELED),
            Map.entry("failed", AttemptStatus.FAILED),
            Map.entry("undelivered", AttemptStatus.UNDELIVERED),
            Map.entry("delivered", AttemptStatus.DELIVERED),
            Map.entry("read", AttemptStatus.READ));

    private static final Pattern MESSAGE_SID = Pattern.compile("(SM|MM)[0-9a-f]{32}");
    private static final Pattern ACCOUNT_SID = Pattern.compile("AC[0-9a-f]{32}");
    private static final Pattern SERVICE_SID = Pattern.compile("MG[0-9a-f]{32}");
    private static final Pattern ERROR_CODE = Pattern.compile("[0-9]{0,6}");
    private static final Pattern API_VERSION = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern ANYTHING = Pattern.compile("(?s).*");
    /** The single-valued names of Twilio's status callbacks and what their values look like. */
    private static final Map<String, Pattern> KNOWN = Map.ofEntries(
            Map.entry("MessageSid", MESSAGE_SID),
            Map.entry("SmsSid", MESSAGE_SID),
            Map.entry("MessageStatus", ANYTHING),
            Map.entry("SmsStatus", ANYTHING),
            Map.entry("AccountSid", ACCOUNT_SID),
            Map.entry("MessagingServiceSid", SERVICE_SID),
            Map.entry("ErrorCode", ERROR_CODE),
            Map.entry("ApiVersion", API_VERSION),
            Map.entry("ErrorMessage", ANYTHING),
            Map.entry("From", ANYTHING),
            Map.entry("To", ANYTHING),
            Map.entry("RawDlrDoneDate", ANYTHING));
    /** An error code that a cut moved into other names or values. */
    private static final Pattern HIDDEN_ERROR_CODE = Pattern.compile("ErrorCode[0-9]");

    private StatusCallbacks() {}

    /** What the callback says; nothing if it is not a well-formed status callback. */
    static Optional<ProviderFact> read(RawCallback raw, Instant at) {
        String sid = raw.value("MessageSid").orElse("");
        String word = raw.value("MessageStatus").orElse("");
        AttemptStatus status = STATUSES.get(word);
        boolean same = raw.value("SmsSid").orElse(sid).equals(sid)
                && raw.value("SmsStatus").orElse(word).equals(word);
        if (status == null || sid.isEmpty() || !same || !wellFormed(raw.parameters()) || hidesErrorCode(raw)) {
            return Optional.empty();
        }
        String code = raw.value("ErrorCode").orElse("");
        int errorCode = code.isEmpty() ? 0 : Integer.parseInt(code);
        return Optional.of(new ProviderFact(status, sid, errorCode, at));
    }

    private static boolean wellFormed(List<Parameter> parameters) {
        Set<String> seen = new HashSet<>();
        for (Parameter parameter : parameters) {
            Pattern format = KNOWN.get(parameter.name());
            if (format != null
                    && (!seen.add(parameter.name())
                            || !format.matcher(parameter.value()).matches())) {
                return false;
            }
        }
        return true;
    }

    /** Looks at the text that was signed, which is the same however it is cut. */
    private static boolean hidesErrorCode(RawCallback raw) {
        return raw.value("ErrorCode").isEmpty()
                && HIDDEN_ERROR_CODE
                        .matcher(TwilioSignature.canonical(raw.parameters()))
                        .find();
    }
}
