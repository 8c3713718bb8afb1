package io.tidings.endpoint;

import io.tidings.message.NotConfiguredException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which endpoints there are, how they are called and where it is kept.
 *
 * @param all the endpoints, each with a name of its own
 * @param courier who calls them
 * @param settings how
 * @param deliveries what waits for them
 * @param endpoints how they are doing
 */
public record EndpointSetup(
        List<WebhookEndpoint> all,
        Courier courier,
        DeliverySettings settings,
        DeliveryStore deliveries,
        EndpointStore endpoints) {

    /** Refuses two of one name, and addresses that the courier would never call. */
    public EndpointSetup {
        all = List.copyOf(all);
        Set<String> names = new HashSet<>();
        for (WebhookEndpoint each : all) {
            if (!names.add(each.name())) {
                throw new NotConfiguredException("there are two endpoints named " + each.name() + "; rename one");
            }
            courier.check(each.url());
        }
    }

    List<String> names() {
        return all.stream().map(WebhookEndpoint::name).toList();
    }
}
