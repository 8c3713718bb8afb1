package io.tidings.provider;

import static java.util.Objects.requireNonNull;

import io.tidings.message.AccountId;
import io.tidings.message.Mailbox;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An account at the provider beside the house's own, such as a subaccount of Twilio: {@code Twilio.provider(…).account()}
 * makes one.
 *
 * @param id what the provider calls it, {@code AC…} at Twilio: webhooks name it by that, and messages keep it for good
 * @param provider who carries its messages, by its credentials
 * @param webhookTokens the tokens that its webhooks are signed with, asked for at each: several during a rotation
 * @param from the sender of messages that name none, or {@code null} for none; never the house's
 * @param mailboxes where people write to; empty for {@code from}, or the whole account without one
 */
public record Account(
        AccountId id,
        Provider provider,
        Supplier<List<Secret>> webhookTokens,
        @Nullable Sender from,
        List<Mailbox> mailboxes) {

    /** Copies the mailboxes. The name of the house's account is taken. */
    public Account {
        requireNonNull(provider, "provider");
        requireNonNull(webhookTokens, "webhookTokens");
        mailboxes = List.copyOf(mailboxes);
        if (id.equals(AccountId.DEFAULT)) {
            throw new IllegalArgumentException(
                    "'" + id + "' is the account that the system is built with; name this one as the provider does");
        }
    }

    /** An account without a sender of its own: its messages must name theirs. */
    public static Account of(AccountId id, Provider provider, Supplier<List<Secret>> webhookTokens) {
        return new Account(id, provider, webhookTokens, null, List.of());
    }

    /** The same with another default sender. */
    public Account withFrom(@Nullable Sender sender) {
        return new Account(id, provider, webhookTokens, sender, mailboxes);
    }

    /** The same where people write to these. */
    public Account withMailboxes(Mailbox... all) {
        return new Account(id, provider, webhookTokens, from, List.of(all));
    }

    /** What people may see of its name: the beginning and the end. */
    public String masked() {
        String name = id.value();
        return name.length() <= 8 ? name : name.substring(0, 2) + "…" + name.substring(name.length() - 4);
    }

    @Override
    public String toString() {
        return "Account[" + masked() + "]";
    }
}
