package io.tidings.sandbox;

/** {@code /Accounts/{sid}.json} and {@code Balance.json}. */
final class AccountResource {
    private final Network network;

    AccountResource(Network network) {
        this.network = network;
    }

    Answer fetch() {
        String uri = "/2010-04-01/Accounts/" + network.account.sid();
        String created = Json.rfc2822(network.clock.instant());
        var json = Json.object()
                .put("sid", network.account.sid())
                .put("owner_account_sid", network.account.sid())
                .put("friendly_name", "Tidings sandbox")
                .put("status", network.account.status())
                .put("type", "Full")
                .putNull("auth_token")
                .put("date_created", created)
                .put("date_updated", created)
                .put("uri", uri + ".json");
        json.putObject("subresource_uris")
                .put("messages", uri + "/Messages.json")
                .put("balance", uri + "/Balance.json");
        return Answer.json(200, json);
    }

    Answer balance() {
        return Answer.json(
                200,
                Json.object()
                        .put("account_sid", network.account.sid())
                        .put("balance", network.account.balance())
                        .put("currency", "USD"));
    }
}
