package io.tidings.endpoint;

import io.tidings.event.EventKind;
import io.tidings.message.Secret;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Another system of the host that is told of events over HTTP. Immutable; prints neither address nor secret, for both may
 * hold tokens.
 *
 * @param name what operators call it and rows are marked with: 1 to 64 lower-case letters, digits and dashes; never reuse
 *     one for another system
 * @param url where it listens
 * @param secrets what requests are signed with, {@code whsec_} and Base64 of 24 to 64 bytes (Standard Webhooks): one, or
 *     two while it is rotated, and then both sign
 * @param kinds of which events it is told
 * @param full whether it gets numbers, texts, tags and keys as well; otherwise ids, statuses and reasons alone
 */
public record WebhookEndpoint(String name, URI url, List<Secret> secrets, Set<EventKind> kinds, boolean full) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final int MOST_SECRETS = 2;

    /** Checks name and secrets. */
    public WebhookEndpoint {
        secrets = List.copyOf(secrets);
        kinds = Set.copyOf(kinds);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "an endpoint's name has 1 to 64 lower-case letters, digits and dashes, such as crm");
        }
        if (secrets.isEmpty() || secrets.size() > MOST_SECRETS) {
            throw new IllegalArgumentException(
                    "endpoint " + name + " has one secret, or two while it is rotated; got " + secrets.size());
        }
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("endpoint " + name + " is told of nothing; name at least one event");
        }
        secrets.forEach(Signature::key);
    }

    /** An endpoint that is told of every event, without numbers and texts. */
    public static WebhookEndpoint of(String name, URI url, Secret secret) {
        return new WebhookEndpoint(name, url, List.of(secret), EnumSet.allOf(EventKind.class), false);
    }

    /** The same that is told of these events alone. */
    public WebhookEndpoint toldOf(Set<EventKind> some) {
        return new WebhookEndpoint(name, url, secrets, some, full);
    }

    /** The same that gets numbers, texts, tags and keys as well: personal data leaves for another system then. */
    public WebhookEndpoint withPersonalData() {
        return new WebhookEndpoint(name, url, secrets, kinds, true);
    }

    /** The same whose requests are signed with a second secret as well, while it is rotated. */
    public WebhookEndpoint alsoSignedWith(Secret second) {
        return new WebhookEndpoint(name, url, List.of(secrets.get(0), second), kinds, full);
    }

    @Override
    public String toString() {
        return "WebhookEndpoint[" + name + ", " + kinds.size() + " kinds" + (full ? ", full]" : "]");
    }
}
