package io.tidings.sandbox;

/** {@code /Accounts/{sid}.json} and {@code Balance.json}. */
final class AccountResource {
    private final Network network;

    AccountResource(Network network) {
        this.network = network;
    }

    Answer fetch(Account account) {
        String uri = "/2010-04-01/Accounts/" + account.sid();
        String created = Json.rfc2822(network.clock.instant());
        var json = Json.object()
                .put("sid", account.sid())
                .put("owner_account_sid", account.ownerSid())
                .put("friendly_name", account.friendlyName())
                .put("status", account.status())
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

    Answer balance(Account account) {
        return Answer.json(
                200,
                Json.object()
                        .put("account_sid", account.sid())
                        .put("balance", account.balance())
                        .put("currency", "USD"));
    }
}
