package io.tidings.sandbox;

import java.util.Map;

/** What a Twilio code says, in our words; Twilio's own wording differs and changes, so nobody should match on it. */
final class ErrorTexts {
    private static final Map<Integer, String> TEXTS = Map.ofEntries(
            Map.entry(20001, "Unknown parameter"),
            Map.entry(20002, "Invalid FriendlyName"),
            Map.entry(20003, "Authenticate"),
            Map.entry(20004, "Method not allowed"),
            Map.entry(20005, "Account not active"),
            Map.entry(20007, "Page size too large"),
            Map.entry(20008, "Resource not accessible with test account credentials"),
            Map.entry(20009, "Cannot delete this resource before it is complete"),
            Map.entry(20404, "Not found"),
            Map.entry(20413, "Request too large"),
            Map.entry(20422, "Invalid parameter"),
            Map.entry(20429, "Too many requests"),
            Map.entry(20500, "Internal server error"),
            Map.entry(20503, "Service unavailable"),
            Map.entry(21211, "Invalid 'To' phone number"),
            Map.entry(21212, "Invalid 'From' number"),
            Map.entry(21408, "Permission to send to this region has not been enabled"),
            Map.entry(21481, "Invalid page token"),
            Map.entry(21602, "Message body is required"),
            Map.entry(21603, "A 'From' or 'MessagingServiceSid' is required"),
            Map.entry(21604, "A 'To' phone number is required"),
            Map.entry(21606, "The 'From' number is not a message-capable number of this account"),
            Map.entry(21609, "Invalid 'StatusCallback' URL"),
            Map.entry(21610, "Attempt to send to unsubscribed recipient"),
            Map.entry(21611, "This 'From' number has exceeded the maximum number of queued messages"),
            Map.entry(21612, "The 'To' and 'From' combination cannot be routed"),
            Map.entry(21614, "'To' number is not a mobile number"),
            Map.entry(21617, "The message body exceeds 1600 characters"),
            Map.entry(21620, "Invalid media URL"),
            Map.entry(21623, "Number of media files exceeds 10"),
            Map.entry(21624, "Invalid validity period"),
            Map.entry(21655, "Invalid ContentSid"),
            Map.entry(21701, "The messaging service does not exist"),
            Map.entry(21703, "No sender of the messaging service fits this recipient"),
            Map.entry(21704, "The messaging service has no senders"),
            Map.entry(21705, "The messaging service is invalid"),
            Map.entry(21710, "The number is already in this service"),
            Map.entry(21711, "The 'From' number is not in the messaging service"),
            Map.entry(21712, "The number is in another service"),
            Map.entry(30001, "Queue overflow"),
            Map.entry(30003, "Unreachable destination handset"),
            Map.entry(30004, "Message blocked"),
            Map.entry(30005, "Unknown destination handset"),
            Map.entry(30006, "Landline or unreachable carrier"),
            Map.entry(30007, "Message filtered"),
            Map.entry(30008, "Unknown error"),
            Map.entry(30036, "Validity period expired"),
            Map.entry(30409, "The message cannot be canceled"),
            Map.entry(35111, "'SendAt' is required with 'ScheduleType'"),
            Map.entry(35114, "'SendAt' is not a date in ISO 8601"),
            Map.entry(35115, "'SendAt' is less than 300 seconds ahead"),
            Map.entry(35117, "'SendAt' is more than 35 days ahead"),
            Map.entry(35118, "'MessagingServiceSid' is required to schedule a message"),
            Map.entry(35126, "'ScheduleType' is not supported"),
            Map.entry(63007, "There is no channel for this 'From' address"));

    private ErrorTexts() {}

    static String of(int code) {
        return TEXTS.getOrDefault(code, "Error " + code);
    }
}
