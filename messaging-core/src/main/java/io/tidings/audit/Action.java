package io.tidings.audit;

import java.util.regex.Pattern;

/**
 * What was done, by a stable dotted name like {@code message.sent}. Hosts may add their own.
 *
 * @param name at most 60 lower-case letters, digits, dots and dashes
 */
public record Action(String name) {
    private static final Pattern DOTTED = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");

    /** A message was taken in. */
    public static final Action MESSAGE_SENT = new Action("message.sent");
    /** A gate refused a message. */
    public static final Action MESSAGE_REFUSED = new Action("message.refused");
    /** An ended message was sent again as a new one. */
    public static final Action MESSAGE_RESENT = new Action("message.resent");
    /** A waiting message was cancelled. */
    public static final Action MESSAGE_CANCELLED = new Action("message.cancelled");
    /** A dead letter went back into the queue. */
    public static final Action DEAD_LETTER_REPLAYED = new Action("dead-letter.replayed");
    /** A person closed a dead letter. */
    public static final Action DEAD_LETTER_CLOSED = new Action("dead-letter.closed");
    /** The policy of a category chose to send again although the outcome was unknown. */
    public static final Action POLICY_RESENT = new Action("policy.resent");
    /** The policy of a category gave a message up because the outcome stayed unknown. */
    public static final Action POLICY_GAVE_UP = new Action("policy.gave-up");
    /** The policy of a category left a message to a person because the outcome stayed unknown. */
    public static final Action POLICY_ASKED = new Action("policy.asked");
    /** An account stands still: nothing leaves until a check finds it in order; the reason says why. */
    public static final Action ACCOUNT_PAUSED = new Action("account.paused");
    /** An account that stood still sends again. */
    public static final Action ACCOUNT_RESUMED = new Action("account.resumed");
    /** A tenant's new messages leave through another account than before. */
    public static final Action ACCOUNT_ASSIGNED = new Action("account.assigned");
    /** A store had forgotten messages that were sent, as a restored backup does; the details count them. */
    public static final Action STORE_RECONCILED = new Action("store.reconciled");
    /** A person lets nothing leave a node; the reason says why. */
    public static final Action SENDING_PAUSED = new Action("sending.paused");
    /** A person lets messages leave a node again. */
    public static final Action SENDING_RESUMED = new Action("sending.resumed");
    /** A person let messages leave again; the details are what held them. */
    public static final Action HOLD_RELEASED = new Action("hold.released");
    /** Nothing is delivered to an endpoint of outgoing webhooks; the reason says why. */
    public static final Action ENDPOINT_DISABLED = new Action("endpoint.disabled");
    /** An endpoint of outgoing webhooks is delivered to again. */
    public static final Action ENDPOINT_ENABLED = new Action("endpoint.enabled");
    /** Deliveries to an endpoint that were set aside began anew. */
    public static final Action ENDPOINT_RETRIED = new Action("endpoint.retried");
    /** A message is sent again and again from now on. */
    public static final Action RECURRING_STARTED = new Action("recurring.started");
    /** A recurring message waits. */
    public static final Action RECURRING_PAUSED = new Action("recurring.paused");
    /** A recurring message goes on. */
    public static final Action RECURRING_RESUMED = new Action("recurring.resumed");
    /** A recurring message is over. */
    public static final Action RECURRING_CANCELLED = new Action("recurring.cancelled");
    /** An occurrence could not be taken in and was left out. */
    public static final Action RECURRING_FAILED = new Action("recurring.failed");
    /** Somebody wants no more messages. */
    public static final Action OPT_OUT = new Action("consent.opt-out");
    /** Somebody wants messages again. */
    public static final Action OPT_IN = new Action("consent.opt-in");
    /** A person was erased from the consent ledger; a keyed hash stays. */
    public static final Action CONSENT_FORGOTTEN = new Action("consent.forgotten");
    /** A template or a version of it was added. */
    public static final Action TEMPLATE_SAVED = new Action("template.saved");
    /** A template or a version of it was deleted. */
    public static final Action TEMPLATE_DELETED = new Action("template.deleted");
    /** Messages were handed out as a table. */
    public static final Action HISTORY_EXPORTED = new Action("history.exported");
    /** Messages were deleted because somebody asked for it. */
    public static final Action HISTORY_CLEARED = new Action("history.cleared");
    /** What is known about a person was handed out. */
    public static final Action PERSON_EXPORTED = new Action("person.exported");
    /** A person was erased everywhere. */
    public static final Action PERSON_ERASED = new Action("person.erased");
    /** A tenant's settings are other ones. */
    public static final Action TENANT_CHANGED = new Action("tenant.changed");
    /** A tenant was made known. */
    public static final Action TENANT_CREATED = new Action("tenant.created");
    /** Nothing of a tenant leaves until it is resumed; the reason says why. */
    public static final Action TENANT_SUSPENDED = new Action("tenant.suspended");
    /** A tenant sends again. */
    public static final Action TENANT_RESUMED = new Action("tenant.resumed");
    /** A tenant was ended; the reason says why. */
    public static final Action TENANT_DELETED = new Action("tenant.deleted");
    /** A webhook that had come before was taken in again. */
    public static final Action WEBHOOK_REPLAYED = new Action("webhook.replayed");
    /** A key was made by which another program is let in; the details name it. */
    public static final Action KEY_CREATED = new Action("key.created");
    /** A key was taken back; the details name it, the reason says why. */
    public static final Action KEY_REVOKED = new Action("key.revoked");
    /** Other rates are in force. */
    public static final Action RATES_CHANGED = new Action("rates.changed");
    /** A node started; the details are its settings. */
    public static final Action SYSTEM_STARTED = new Action("system.started");
    /** A node was stopped. */
    public static final Action SYSTEM_STOPPED = new Action("system.stopped");
    /** A person's content was destroyed; the details name the entries. */
    public static final Action ERASED = new Action("audit.erased");
    /** Closed segments were handed out and removed. */
    public static final Action ARCHIVED = new Action("audit.archived");

    /** Checks the name. */
    public Action {
        if (name.length() > 60 || !DOTTED.matcher(name).matches()) {
            throw new IllegalArgumentException("an action's name is dotted and in lower case, like message.sent");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
