package io.tidings.spring.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A message that is asked for slowly: the server has begun to answer, and waits for the second half. */
final class HalfRequest implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader answer;
    private final String token;
    private final byte[] rest;

    private HalfRequest(Socket socket, String token, byte[] rest) throws IOException {
        this.socket = socket;
        this.token = token;
        this.answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        this.rest = rest;
    }

    /** Returns when the server has said that it is there for it. */
    static HalfRequest begin(int port, String token) throws IOException {
        byte[] body = ("{\"to\":\"+12025550143\",\"text\":\"" + token + "\"}").getBytes(StandardCharsets.US_ASCII);
        HalfRequest request = new HalfRequest(new Socket(InetAddress.getLoopbackAddress(), port), token, body);
        request.socket.setSoTimeout(30_000);
        request.write(String.join(
                        "\r\n",
                        "POST /tidings/api/v1/messages HTTP/1.1",
                        "Host: 127.0.0.1",
                        "Authorization: " + Settings.BEARER,
                        "Content-Type: application/json",
                        "Idempotency-Key: " + token,
                        "Expect: 100-continue",
                        "Content-Length: " + body.length,
                        "",
                        "")
                .getBytes(StandardCharsets.US_ASCII));
        if (request.status() != 100) {
            throw new IllegalStateException("the server does not wait for the rest");
        }
        return request;
    }

    String token() {
        return token;
    }

    private void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    private int status() throws IOException {
        int status = Integer.parseInt(answer.readLine().split(" ", 3)[1]);
        String header;
        do {
            header = answer.readLine();
        } while (!header.isEmpty());
        return status;
    }

    /** Sends the rest; returns the status of the answer. */
    int end() throws IOException {
        write(rest);
        return status();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
