package io.tidings.benchmarks.dispatch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.tidings.benchmarks.Texts;
import io.tidings.benchmarks.stub.Stub;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp by hand: blocking calls, a pool that keeps every connection, the SID by a streaming parser. Nothing is stored. */
final class RawOkHttp implements Contestant {
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public String name() {
        return "OkHttp";
    }

    @Override
    public Load start(Stub stub, int window) {
        OkHttpClient http = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(window, 1, TimeUnit.MINUTES))
                .build();
        HttpUrl url = HttpUrl.get(stub.messages().toString());
        return new BlockingThreads(
                window,
                text -> send(http, url, text),
                () -> http.connectionPool().evictAll());
    }

    private static boolean send(OkHttpClient http, HttpUrl url, Texts.Text text) {
        Request request = new Request.Builder()
                .url(url)
                .header("Authorization", Credentials.basic(Stub.ACCOUNT_SID, "secret"))
                .post(new FormBody.Builder()
                        .add("To", text.to())
                        .add("From", Texts.FROM)
                        .add("Body", text.body())
                        .build())
                .build();
        try (Response answer = http.newCall(request).execute()) {
            return answer.code() == 201 && hasSid(answer.body().bytes());
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hasSid(byte[] body) throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                parser.nextToken();
                if (name.equals("sid")) {
                    return parser.getText().startsWith("SM");
                }
                parser.skipChildren();
            }
            return false;
        }
    }
}
