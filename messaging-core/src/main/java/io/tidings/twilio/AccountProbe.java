package io.tidings.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.message.Money;
import io.tidings.message.NotConfiguredException;
import io.tidings.provider.AccountCheck;
import io.tidings.provider.AccountCheck.State;
import io.tidings.provider.Answer;
import java.time.Duration;
import java.util.Set;

/**
 * Asks Twilio whether account and credentials work, and what money is left.
 *
 * <p>It reads the account. A standard API key may not (Twilio), though it may send: if Twilio refuses the account to a
 * key, one message is listed instead, which such a key may.
 */
final class AccountProbe {
    /** Two requests and, before each, a name lookup end within the promised five seconds. */
    static final Duration DEADLINE = Duration.ofMillis(2400);

    private static final int TEST_CREDENTIALS = 20008;
    private static final int LONGEST_AMOUNT = 20;
    private static final Set<Integer> INACTIVE = Set.of(10001, 20005);

    private final CredentialSource credentials;
    private final QuietRestClient client;

    AccountProbe(CredentialSource credentials, QuietRestClient client) {
        this.credentials = credentials;
        this.client = client;
    }

    AccountCheck check() {
        try {
            Credentials current = credentials.current();
            AccountCheck account = byAccount(get(current, ".json"));
            return account.state() == State.REJECTED && current.isApiKey()
                    ? byMessages(get(current, "/Messages.json?PageSize=1"), account)
                    : account;
        } catch (NoAnswerException e) {
            return new AccountCheck(State.UNREACHABLE, "Twilio gave no answer: " + e.word());
        } catch (NotConfiguredException e) {
            return new AccountCheck(State.REJECTED, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return new AccountCheck(
                    State.UNREACHABLE,
                    "the credentials could not be read: " + e.getClass().getSimpleName());
        }
    }

    /** Needs the Auth Token or a main key: others are refused. */
    Answer<Money> balance() {
        try {
            Response answer = get(credentials.current(), "/Balance.json");
            JsonNode tree = MessageJson.tree(answer.getStream());
            if (answer.getStatusCode() != 200) {
                return answer.getStatusCode() == 404
                        ? new Answer.Missing<>()
                        : new Answer.Failed<>(tree.path("code").asInt(0), "HTTP " + answer.getStatusCode());
            }
            return money(tree);
        } catch (NoAnswerException e) {
            return new Answer.Failed<>(0, e.word());
        } catch (RuntimeException e) {
            return new Answer.Failed<>(0, "credentials not readable");
        }
    }

    /** Twilio: a decimal in a text, which can be negative. */
    private static Answer<Money> money(JsonNode tree) {
        String amount = MessageJson.text(tree, "balance");
        try {
            return amount.length() > LONGEST_AMOUNT
                    ? new Answer.Failed<>(0, "answer not understood")
                    : new Answer.Found<>(Money.of(amount, MessageJson.text(tree, "currency")));
        } catch (IllegalArgumentException e) {
            return new Answer.Failed<>(0, "answer not understood");
        }
    }

    private Response get(Credentials current, String rest) {
        Request request = new Request(HttpMethod.GET, "api", "/2010-04-01/Accounts/" + current.accountSid() + rest);
        request.setAuth(current.username(), current.secret().reveal());
        return client.request(request);
    }

    private static AccountCheck byAccount(Response answer) {
        JsonNode account = MessageJson.tree(answer.getStream());
        int code = account.path("code").asInt(0);
        if (answer.getStatusCode() == 200) {
            return byStatus(account);
        }
        if (code == TEST_CREDENTIALS) {
            return new AccountCheck(
                    State.TEST_CREDENTIALS,
                    "these are Twilio's test credentials: requests are checked, but nothing is delivered or charged, no"
                            + " callback comes, the account's own numbers cannot be used (send from +15005550006), and"
                            + " messages cannot be read back");
        }
        if (INACTIVE.contains(code)) {
            return new AccountCheck(State.SUSPENDED, "Twilio says the account is not active (code " + code + ")");
        }
        return switch (answer.getStatusCode()) {
            case 401, 403 ->
                new AccountCheck(
                        State.REJECTED,
                        "Twilio refuses the credentials (code " + code
                                + "); check SID and secret, and whether they were" + " revoked");
            case 404 ->
                new AccountCheck(
                        State.REJECTED, "Twilio knows no such account for these credentials; check the account SID");
            default -> unreachable(answer);
        };
    }

    private static AccountCheck byStatus(JsonNode account) {
        String type = MessageJson.text(account, "type").equals("Trial")
                ? "; it is a trial account, which sends only to verified numbers"
                : "";
        return switch (MessageJson.text(account, "status")) {
            case "active" -> new AccountCheck(State.ACTIVE, "the account is active" + type);
            case "suspended" ->
                new AccountCheck(
                        State.SUSPENDED, "the account is suspended; see the Twilio console, often its balance");
            case "closed" -> new AccountCheck(State.SUSPENDED, "the account is closed");
            default -> new AccountCheck(State.UNREACHABLE, "the answer does not look like Twilio's");
        };
    }

    private static AccountCheck byMessages(Response answer, AccountCheck refused) {
        boolean list = answer.getStatusCode() == 200
                && MessageJson.tree(answer.getStream()).path("messages").isArray();
        if (list) {
            return new AccountCheck(
                    State.ACTIVE,
                    "the API key works; it may not read the account, so a suspension shows only when a message is refused");
        }
        return answer.getStatusCode() < 500 && answer.getStatusCode() != 429 ? refused : unreachable(answer);
    }

    private static AccountCheck unreachable(Response answer) {
        return new AccountCheck(State.UNREACHABLE, "Twilio answered HTTP " + answer.getStatusCode());
    }
}
