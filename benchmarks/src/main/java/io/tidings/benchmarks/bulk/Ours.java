package io.tidings.benchmarks.bulk;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.tidings.Tidings;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import io.tidings.benchmarks.Database;
import io.tidings.benchmarks.Texts;
import io.tidings.benchmarks.stub.Stub;
import io.tidings.dispatch.DispatchSettings;
import io.tidings.dispatch.SenderRates;
import io.tidings.inbound.GapSettings;
import io.tidings.jdbc.JdbcStores;
import io.tidings.message.Content;
import io.tidings.message.MessageStatus;
import io.tidings.message.OutboundMessage;
import io.tidings.message.PhoneNumber;
import io.tidings.message.Secret;
import io.tidings.message.Sender;
import io.tidings.template.TemplateDraft;
import io.tidings.throttle.Limit;
import io.tidings.throttle.Rate;
import io.tidings.twilio.Twilio;
import io.tidings.webhook.WebhookRequest;
import io.tidings.webhook.WebhookResponse;
import io.tidings.webhook.Webhooks;
import io.undertow.server.HttpHandler;
import io.undertow.util.HeaderValues;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tidings as a host has it, durable; only the sender's rate is out of the way. */
final class Ours implements Contestant {
    private static final int IN_FLIGHT = 256;
    private static final int BATCH = 500;
    private static final Limit FAR_AWAY = Limit.of(Rate.perSecond(1_000_000), 10_000);

    @Override
    public String name() {
        return "Tidings";
    }

    @Override
    public Campaign open(Stub stub, Database database) {
        Credentials credentials = Credentials.authToken(Stub.ACCOUNT_SID, new Secret(Stub.AUTH_TOKEN));
        Tidings tidings = Tidings.builder(Twilio.provider(CredentialSource.fixed(credentials))
                        .baseUrl(stub.url())
                        .maxInFlight(IN_FLIGHT)
                        .build())
                .stores(JdbcStores.on(database.pool()).open())
                .from(Texts.FROM)
                .missed(GapSettings.off())
                .publicUrl(URI.create("https://host.example.com/callbacks"), () -> List.of(new Secret(Stub.AUTH_TOKEN)))
                .dispatch(DispatchSettings.defaults().withInFlight(IN_FLIGHT))
                .rates(SenderRates.defaults().with(new Sender.Number(new PhoneNumber(Texts.FROM)), FAR_AWAY))
                .start();
        tidings.templates().create(TemplateDraft.of("ready", Rows.TEMPLATE));
        return new Sending(tidings);
    }

    private record Sending(Tidings tidings) implements Campaign {
        @Override
        public void send(Path file) throws Exception {
            List<OutboundMessage> batch = new ArrayList<>(BATCH);
            try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
                for (NamedCsvRecord row : rows) {
                    batch.add(message(row));
                    if (batch.size() == BATCH) {
                        tidings.sendAll(batch);
                        batch.clear();
                    }
                }
            }
            tidings.sendAll(batch);
        }

        private static OutboundMessage message(NamedCsvRecord row) {
            Map<String, String> values = new HashMap<>(row.getFieldsAsMap());
            values.remove("phone");
            PhoneNumber to = new PhoneNumber(row.getField("phone"));
            return OutboundMessage.to(to)
                    .content(new Content.Templated("ready", null, Locale.ROOT, values))
                    .build();
        }

        @Override
        public HttpHandler callbacks() {
            Webhooks webhooks = tidings.webhooks();
            return exchange -> {
                exchange.startBlocking();
                byte[] body = exchange.getInputStream().readNBytes(Webhooks.MAX_BODY_BYTES + 1);
                Map<String, List<String>> headers = new HashMap<>();
                for (HeaderValues values : exchange.getRequestHeaders()) {
                    headers.put(values.getHeaderName().toString(), List.copyOf(values));
                }
                WebhookResponse response =
                        webhooks.handle(new WebhookRequest("POST", exchange.getRequestURI(), headers, body));
                exchange.setStatusCode(response.status());
                exchange.getResponseSender().send(response.body());
            };
        }

        @Override
        public long delivered() {
            return tidings.counts().getOrDefault(MessageStatus.DELIVERED, 0L);
        }

        @Override
        public void close() {
            tidings.close();
        }
    }
}
