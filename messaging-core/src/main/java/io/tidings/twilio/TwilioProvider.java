package io.tidings.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.http.HttpMethod;
import com.twilio.http.Response;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.message.Channel;
import io.tidings.message.Content;
import io.tidings.message.Mailbox;
import io.tidings.message.Money;
import io.tidings.message.NotConfiguredException;
import io.tidings.message.Sender;
import io.tidings.provider.AccountCheck;
import io.tidings.provider.Answer;
import io.tidings.provider.InboundListing;
import io.tidings.provider.ListQuery;
import io.tidings.provider.Outcome;
import io.tidings.provider.Provider;
import io.tidings.provider.ProviderClock;
import io.tidings.provider.ProviderMessage;
import io.tidings.provider.SentListing;
import io.tidings.provider.Submission;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Twilio as the provider; made by {@link Twilio#provider}.
 *
 * <p>One call is one request on the socket, whatever the answer ({@link #check()} with an API key: at most two). It
 * blocks its thread until the answer or the deadline. Safe for use by many threads. A missing credential counts as a
 * refused one (code 20003), because the same people must act.
 */
public final class TwilioProvider implements Provider, InboundListing, SentListing, ProviderClock {
    private static final String WHATSAPP = "whatsapp:";
    private static final int BAD_CREDENTIALS = 20003;
    private static final int PAGE = 1000;
    private static final Duration LONGEST_VALIDITY = Duration.ofHours(10);

    private final CredentialSource credentials;
    private final QuietRestClient client;
    private final AccountProbe probe;
    private final OneShotClient http;

    TwilioProvider(CredentialSource credentials, OneShotClient http, Function<OneShotClient, QuietRestClient> clients) {
        this.credentials = credentials;
        this.http = http;
        this.client = clients.apply(http);
        this.probe = new AccountProbe(credentials, clients.apply(http.within(AccountProbe.DEADLINE)));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Accepted: any 2xx with a well-formed SID. Throttled: 429. Rejected: any other 4xx, with Twilio's code or, if it
     * names none, the general code of its HTTP status (401: 20003, 405: 20004, 403, 404, 409, 410, 413 and 426: 20000
     * more, the rest: 20422). Uncertain: 408, the codes of internal errors (20500, 20503, 20504), a proxy's 460 or 499,
     * and everything else, a cut answer too, whatever its status. A content that is still a template is an
     * {@link IllegalArgumentException}.
     */
    @Override
    public Outcome send(Submission submission) {
        Credentials current;
        try {
            current = credentials.current();
        } catch (NotConfiguredException e) {
            return new Outcome.Rejected(BAD_CREDENTIALS);
        } catch (RuntimeException e) {
            return new Outcome.Unsent("credentials not readable");
        }
        FormRequest request = request(HttpMethod.POST, current, "/Messages.json");
        fill(request, submission);
        try {
            return CreateOutcomes.of(client.request(request));
        } catch (NoAnswerException e) {
            return e.started() ? new Outcome.Uncertain(e.word(), 0) : new Outcome.Unsent(e.word());
        }
    }

    @Override
    public Answer<ProviderMessage> fetch(String sid) {
        return message(HttpMethod.GET, sid, request -> {});
    }

    /** One page with one request; messages that were received, not sent, are left out. */
    @Override
    public Answer<List<ProviderMessage>> list(ListQuery query) {
        return ask(
                HttpMethod.GET,
                "/Messages.json",
                request -> {
                    request.addQueryParam("To", query.to().e164());
                    request.addQueryParam("PageSize", String.valueOf(query.limit()));
                },
                answer -> page(answer, query));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Pages of 1000 (Twilio's largest). Media is counted ({@code NumMedia}), not listed: its addresses would take a
     * request for each message.
     */
    @Override
    public Answer<InboundListing.Page> received(Query query) {
        return ask(
                HttpMethod.GET,
                "/Messages.json",
                request -> {
                    Mailbox mailbox = query.mailbox();
                    if (mailbox != null) {
                        request.addQueryParam(
                                "To",
                                (mailbox.whatsApp() ? WHATSAPP : "")
                                        + mailbox.sender().address());
                    }
                    request.addQueryParam(
                            "DateSent>",
                            query.from().atOffset(ZoneOffset.UTC).toLocalDate().toString());
                    request.addQueryParam("PageSize", String.valueOf(PAGE));
                    turnTo(request, query.page());
                },
                answer -> ReceivedJson.page(MessageJson.tree(answer.getStream()), query));
    }

    /** {@inheritDoc} Pages of 1000 (Twilio's largest). */
    @Override
    public Answer<SentListing.Page> sent(Instant from, @Nullable String page) {
        return ask(
                HttpMethod.GET,
                "/Messages.json",
                request -> {
                    request.addQueryParam("PageSize", String.valueOf(PAGE));
                    turnTo(request, page);
                },
                answer -> SentJson.page(MessageJson.tree(answer.getStream()), from));
    }

    private static void turnTo(FormRequest request, @Nullable String page) {
        if (page != null) {
            String[] next = page.split(ReceivedJson.PAGE_AND_TOKEN, 2);
            request.addQueryParam("Page", next[0]);
            request.addQueryParam("PageToken", next[1]);
        }
    }

    @Override
    public Answer<ProviderMessage> cancel(String sid) {
        return message(HttpMethod.POST, sid, request -> request.addField("Status", "canceled"));
    }

    /** Removes the text of a message at Twilio; the rest of its record stays. Only for messages that are finished. */
    public Answer<ProviderMessage> redact(String sid) {
        return message(HttpMethod.POST, sid, request -> request.addField("Body", ""));
    }

    /**
     * Deletes the record of a message at Twilio and gives back its SID. {@link Answer.Missing} if it is gone already,
     * code 20009 if the message is not finished yet: try again after minutes.
     */
    public Answer<String> delete(String sid) {
        return ask(
                HttpMethod.DELETE,
                path(sid),
                request -> {},
                answer -> answer.getStatusCode() == 204 ? Optional.of(sid) : Optional.empty());
    }

    /** {@inheritDoc} With an API key that may not read the account, a second request lists one message. */
    @Override
    public AccountCheck check() {
        return probe.check();
    }

    @Override
    public Answer<Money> balance() {
        return probe.balance();
    }

    /** Live, unless the base URL is on the loopback. Test credentials look live before they are checked. */
    @Override
    public boolean isLive() {
        return http.leavesTheMachine();
    }

    /** {@inheritDoc} Nothing on the loopback: a sandbox there may step its own clock, and its HTTP server does not. */
    @Override
    public Optional<Instant> now() {
        return isLive() ? http.clock().now() : Optional.empty();
    }

    @Override
    public void close() {
        http.close();
    }

    private static FormRequest request(HttpMethod method, Credentials credentials, String rest) {
        FormRequest request = new FormRequest(method, "/2010-04-01/Accounts/" + credentials.accountSid() + rest);
        request.setAuth(credentials.username(), credentials.secret().reveal());
        return request;
    }

    private static void fill(FormRequest request, Submission submission) {
        String prefix = submission.channel() == Channel.WHATSAPP ? WHATSAPP : "";
        request.addField("To", prefix + submission.to().e164());
        boolean service = submission.from() instanceof Sender.MessagingService;
        request.addField(
                service ? "MessagingServiceSid" : "From",
                (service ? "" : prefix) + submission.from().address());
        submission.content().match(new Form(request));
        if (submission.callback() != null) {
            request.addField("StatusCallback", submission.callback().toString());
        }
        Duration validity = submission.validity();
        if (validity != null && validity.compareTo(LONGEST_VALIDITY) < 0) {
            request.addField("ValidityPeriod", String.valueOf(Math.max(1, validity.toSeconds())));
        }
    }

    private Answer<ProviderMessage> message(HttpMethod method, String sid, Parameters parameters) {
        return ask(method, path(sid), parameters, answer -> {
            JsonNode tree = MessageJson.tree(answer.getStream());
            return MessageJson.message(tree);
        });
    }

    private static Optional<List<ProviderMessage>> page(Response answer, ListQuery query) {
        return MessageJson.page(MessageJson.tree(answer.getStream()))
                .map(messages -> messages.stream()
                        .filter(message -> !message.createdAt().isBefore(query.createdFrom()))
                        .toList());
    }

    private <T> Answer<T> ask(
            HttpMethod method, String rest, Parameters parameters, Function<Response, Optional<T>> reading) {
        FormRequest request;
        try {
            request = request(method, credentials.current(), rest);
        } catch (NotConfiguredException e) {
            return new Answer.Failed<>(BAD_CREDENTIALS, "credentials missing");
        } catch (RuntimeException e) {
            return new Answer.Failed<>(0, "credentials not readable");
        }
        parameters.addTo(request);
        try {
            return answer(client.request(request), reading);
        } catch (NoAnswerException e) {
            return new Answer.Failed<>(0, e.word());
        }
    }

    private static <T> Answer<T> answer(Response answer, Function<Response, Optional<T>> reading) {
        int status = answer.getStatusCode();
        if (status >= 200 && status < 300) {
            return reading.apply(answer)
                    .<Answer<T>>map(Answer.Found::new)
                    .orElseGet(() -> new Answer.Failed<>(0, "answer not understood"));
        }
        return status == 404 ? new Answer.Missing<>() : failed(answer);
    }

    private static <T> Answer<T> failed(Response answer) {
        int status = answer.getStatusCode();
        int code = AnswerFields.read(answer.getStream()).code();
        boolean refused = status >= 400;
        return new Answer.Failed<>(code == 0 && refused ? CreateOutcomes.generalCode(status) : code, "HTTP " + status);
    }

    private static String path(String sid) {
        if (!AnswerFields.isMessageSid(sid)) {
            throw new IllegalArgumentException("a message SID is SM or MM and 32 hexadecimal digits");
        }
        return "/Messages/" + sid + ".json";
    }

    /** Adds a request's own parameters. */
    private interface Parameters {
        void addTo(FormRequest request);
    }

    /** Puts the content into the form of a create. */
    private record Form(FormRequest request) implements Content.Cases<FormRequest> {
        @Override
        public FormRequest text(Content.Text text) {
            request.addField("Body", text.body().text());
            return request;
        }

        @Override
        public FormRequest media(Content.Media media) {
            if (!media.body().text().isEmpty()) {
                request.addField("Body", media.body().text());
            }
            media.media().forEach(uri -> request.addField("MediaUrl", uri.toString()));
            return request;
        }

        @Override
        public FormRequest templated(Content.Templated templated) {
            throw new IllegalArgumentException("a template cannot be sent; render it to a text first");
        }

        @Override
        public FormRequest approved(Content.Approved approved) {
            request.addField("ContentSid", approved.contentSid());
            if (!approved.variables().isEmpty()) {
                request.addField("ContentVariables", MessageJson.object(approved.variables()));
            }
            return request;
        }
    }
}
