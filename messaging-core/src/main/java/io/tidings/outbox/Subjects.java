package io.tidings.outbox;

import io.tidings.message.MessageId;
import io.tidings.message.PhoneNumber;
import io.tidings.message.TenantId;

/** What events are about, in the form in which it is written. */
final class Subjects {
    private Subjects() {}

    static String message(MessageId id) {
        return id.toString();
    }

    static String person(TenantId tenant, PhoneNumber number) {
        return tenant.value() + "/" + number.e164();
    }
}
