package io.tidings.inbound;

import io.tidings.message.AccountId;
import io.tidings.message.Mailbox;
import io.tidings.message.Sender;
import io.tidings.provider.InboundListing;
import io.tidings.provider.Provider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where people's messages come in by one account, and who lists those that were missed.
 *
 * @param account the account
 * @param listing who lists them, or {@code null} if nobody can
 * @param mailboxes where people write to; empty for anywhere in the account
 */
public record AccountInbox(AccountId account, @Nullable InboundListing listing, List<Mailbox> mailboxes) {

    /** Copies the mailboxes. */
    public AccountInbox {
        mailboxes = List.copyOf(mailboxes);
    }

    /** That of an account of which nothing is listed. */
    public static AccountInbox unlisted(AccountId account) {
        return new AccountInbox(account, null, List.of());
    }

    /**
     * That of an account with this provider's lists, if it has any.
     *
     * @param mailboxes where people write to, if they are named
     * @param usual where they write to otherwise; {@code null} or what nobody can write to for the whole account
     */
    public static AccountInbox of(
            AccountId account, Provider provider, List<Mailbox> mailboxes, @Nullable Sender usual) {
        boolean canBeWrittenTo = usual instanceof Sender.Number || usual instanceof Sender.ShortCode;
        List<Mailbox> where =
                mailboxes.isEmpty() && usual != null && canBeWrittenTo ? List.of(Mailbox.texts(usual)) : mailboxes;
        return new AccountInbox(account, provider.can(InboundListing.class).orElse(null), where);
    }
}
