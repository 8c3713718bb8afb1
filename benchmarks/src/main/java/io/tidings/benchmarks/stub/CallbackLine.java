package io.tidings.benchmarks.stub;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Calls back as Twilio does, signed, over a few connections that stay open: one {@code delivered} for each message. */
final class CallbackLine {
    private static final int CONNECTIONS = 16;

    private final int port;
    private final List<Thread> threads = new ArrayList<>();
    private final BlockingQueue<Delivered> line = new LinkedBlockingQueue<>();

    private record Delivered(String form, String sid) {}

    /** Whatever host an address names, it is called at this port of this machine. */
    CallbackLine(int port) {
        this.port = port;
        for (int number = 0; number < CONNECTIONS; number++) {
            Thread thread = new Thread(this::run, "callbacks-" + number);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** Reports the message of this create as delivered, if it asks for reports. */
    void delivered(String form, String sid) {
        line.add(new Delivered(form, sid));
    }

    /** Calls nobody any more. */
    void end() {
        threads.forEach(Thread::interrupt);
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setTcpNoDelay(true);
                InputStream answers = new BufferedInputStream(socket.getInputStream());
                while (true) {
                    Delivered next = line.take();
                    byte[] request = request(next);
                    if (request.length > 0) {
                        socket.getOutputStream().write(request);
                        skipAnswer(answers);
                    }
                }
            } catch (IOException e) {
                System.err.println("A callback was lost: " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private byte[] request(Delivered message) {
        Map<String, String> create = parsed(message.form());
        String address = create.get("StatusCallback");
        if (address == null) {
            return new byte[0];
        }
        URI url = URI.create(address.replaceFirst("#.*", ""));
        Map<String, String> report = new TreeMap<>(Map.of(
                "AccountSid",
                Stub.ACCOUNT_SID,
                "ApiVersion",
                "2010-04-01",
                "From",
                create.getOrDefault("From", ""),
                "MessageSid",
                message.sid(),
                "MessageStatus",
                "delivered",
                "SmsSid",
                message.sid(),
                "SmsStatus",
                "delivered",
                "To",
                create.getOrDefault("To", "")));
        StringBuilder body = new StringBuilder();
        StringBuilder signed = new StringBuilder(url.toString());
        report.forEach((name, value) -> {
            body.append(body.isEmpty() ? "" : "&").append(name).append('=').append(encoded(value));
            signed.append(name).append(value);
        });
        return ("POST " + url.getRawPath() + " HTTP/1.1\r\nHost: " + url.getHost()
                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: "
                        + signature(signed)
                        + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static Map<String, String> parsed(String form) {
        Map<String, String> values = new TreeMap<>();
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    private static String signature(CharSequence text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Stub.AUTH_TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA1", e);
        }
    }

    /** Reads to the end of the answer: its head, and as many bytes as it announces. */
    private static void skipAnswer(InputStream answers) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = answers.read();
            if (next < 0) {
                throw new IOException("the connection ended within an answer");
            }
            head.append((char) next);
        }
        String lower = head.toString().toLowerCase(Locale.ROOT);
        int length = lower.indexOf("content-length:");
        if (length >= 0) {
            int end = lower.indexOf('\r', length);
            answers.skipNBytes(Long.parseLong(
                    lower.substring(length + "content-length:".length(), end).trim()));
        }
    }
}
