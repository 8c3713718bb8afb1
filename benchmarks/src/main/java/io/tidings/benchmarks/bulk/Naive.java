package io.tidings.benchmarks.bulk;

import com.google.common.util.concurrent.RateLimiter;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.security.RequestValidator;
import com.twilio.type.PhoneNumber;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.tidings.benchmarks.Database;
import io.tidings.benchmarks.Texts;
import io.tidings.benchmarks.stub.Stub;
import io.tidings.benchmarks.stub.ToStub;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.form.FormData;
import io.undertow.server.handlers.form.FormParserFactory;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * The loop that people write: a pool of 32 threads, the SDK's default client, a limiter, one row for each message, every
 * statement with a commit of its own. It has no gates, keeps no attempts and cannot tell what was sent after a crash.
 */
final class Naive implements Contestant {
    private static final int THREADS = 32;
    private static final double NO_LIMIT = 1e9;
    private static final long LOOK_AGAIN_NANOS = 5_000_000;
    private static final String CALLBACK = "https://host.example.com/callbacks";

    @Override
    public String name() {
        return "naive loop";
    }

    @Override
    public Campaign open(Stub stub, Database database) throws SQLException {
        database.execute(
                "CREATE TABLE message (id BIGINT PRIMARY KEY, recipient TEXT NOT NULL, body TEXT NOT NULL,"
                        + " status TEXT NOT NULL, sid TEXT)",
                "CREATE INDEX message_sid ON message (sid)");
        TwilioRestClient client = new TwilioRestClient.Builder(Stub.ACCOUNT_SID, Stub.AUTH_TOKEN)
                .httpClient(new ToStub(stub))
                .build();
        return new Loop(database, client);
    }

    @SuppressWarnings("UnstableApiUsage") // the limiter that most people take
    private static final class Loop implements Campaign {
        private final Database database;
        private final TwilioRestClient client;
        private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        private final RateLimiter limiter = RateLimiter.create(NO_LIMIT);
        private final Template template = Mustache.compiler().escapeHTML(false).compile(Rows.TEMPLATE);
        private final RequestValidator validator = new RequestValidator(Stub.AUTH_TOKEN);

        Loop(Database database, TwilioRestClient client) {
            this.database = database;
            this.client = client;
        }

        @Override
        public void send(Path file) throws Exception {
            List<Future<?>> running = new ArrayList<>();
            try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
                long number = 0;
                for (NamedCsvRecord row : rows) {
                    long id = ++number;
                    running.add(pool.submit(() -> {
                        one(id, row);
                        return id;
                    }));
                }
            }
            for (Future<?> each : running) {
                each.get();
            }
        }

        private void one(long id, NamedCsvRecord row) throws SQLException {
            String body = template.execute(row.getFieldsAsMap());
            String to = row.getField("phone");
            update("INSERT INTO message (id, recipient, body, status) VALUES (?, ?, ?, 'new')", id, to, body);
            limiter.acquire();
            String sid = Message.creator(new PhoneNumber(to), new PhoneNumber(Texts.FROM), body)
                    .setStatusCallback(URI.create(CALLBACK))
                    .create(client)
                    .getSid();
            // Its callback may have been here first.
            update("UPDATE message SET sid = ?, status = 'sent' WHERE id = ?", sid, id);
        }

        private int update(String sql, Object... values) throws SQLException {
            try (Connection connection = database.pool().getConnection();
                    PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int index = 0; index < values.length; index++) {
                    statement.setObject(index + 1, values[index]);
                }
                return statement.executeUpdate();
            }
        }

        @Override
        public HttpHandler callbacks() {
            FormParserFactory forms = FormParserFactory.builder().build();
            return exchange -> {
                exchange.startBlocking();
                FormData form = forms.createParser(exchange).parseBlocking();
                Map<String, String> values = new HashMap<>();
                form.forEach(name -> values.put(name, form.getFirst(name).getValue()));
                String signature = exchange.getRequestHeaders().getFirst("X-Twilio-Signature");
                if (!validator.validate(CALLBACK, values, signature)) {
                    exchange.setStatusCode(403);
                    return;
                }
                String sid = values.getOrDefault("MessageSid", "");
                String status = values.getOrDefault("MessageStatus", "");
                // What comes before its SID is stored is lost, so it waits for it.
                while (update("UPDATE message SET status = ? WHERE sid = ?", status, sid) == 0) {
                    LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
                }
                exchange.setStatusCode(204);
            };
        }

        @Override
        public long delivered() throws SQLException {
            return database.number("SELECT count(*) FROM message WHERE status = 'delivered'");
        }

        @Override
        public void close() {
            pool.shutdownNow();
        }
    }
}
