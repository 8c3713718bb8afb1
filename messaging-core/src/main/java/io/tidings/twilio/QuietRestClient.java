package io.tidings.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import io.tidings.account.CredentialSource;
import io.tidings.account.Credentials;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The SDK's client without its DEBUG log, which prints phone numbers, and with credentials that are read anew for each
 * request. Pass it to the SDK's own resources; {@code Twilio.init} would be global.
 */
final class QuietRestClient extends TwilioRestClient {
    private final CredentialSource credentials;
    private final OneShotClient http;
    /** Where the newest POST went, nearly always the address of creates; a lost race only computes it again. */
    private volatile @Nullable Address last;

    QuietRestClient(CredentialSource credentials, OneShotClient http, @Nullable String region, @Nullable String edge) {
        super(new Builder("", "").httpClient(http).region(region).edge(edge));
        this.credentials = credentials;
        this.http = http;
    }

    /** The account that the credentials of this moment name. */
    @Override
    public String getAccountSid() {
        return credentials.current().accountSid();
    }

    /** One request. Signs it with the credentials of this moment, unless it is signed already. */
    @Override
    public Response request(Request request) {
        if (!request.requiresAuthentication()) {
            Credentials current = credentials.current();
            request.setAuth(current.username(), current.secret().reveal());
        }
        if (getRegion() != null) {
            request.setRegion(getRegion());
        }
        if (getEdge() != null) {
            request.setEdge(getEdge());
        }
        return http.exchange(request, address(request));
    }

    /** Region and edge never change here, so the text decides. */
    private HttpUrl address(Request request) {
        if (request.getMethod() != HttpMethod.POST || !request.getQueryParams().isEmpty()) {
            return http.url(request);
        }
        Address known = last;
        if (known == null || !known.text.equals(request.getUrl())) {
            known = new Address(request.getUrl(), http.url(request));
            last = known;
        }
        return known.url;
    }

    /** Nothing: the SDK would log the URL and every parameter. */
    @Override
    public void logRequest(Request request) {}

    private record Address(String text, HttpUrl url) {}
}
