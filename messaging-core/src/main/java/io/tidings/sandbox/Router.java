package io.tidings.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the resource of a path. */
final class Router {
    private static final String CLASSIC = "/2010-04-01/Accounts/";

    private final Network network;
    private final MessagesResource messages;
    private final AccountResource accounts;
    private final ServicesResource services;
    private final PoolResource pools;
    private final ContentResource contents;

    Router(Network network) {
        this.network = network;
        this.messages = new MessagesResource(network);
        this.accounts = new AccountResource(network);
        this.services = new ServicesResource(network);
        this.contents = new ContentResource(network);
        this.pools = new PoolResource(network, services);
    }

    Answer route(Call call, Visit visit, String base) {
        if (call.path().startsWith(CLASSIC)) {
            String rest = call.path().substring(CLASSIC.length()).replaceFirst("\\.json$", "");
            return classic(call, visit, List.of(rest.split("/", -1)));
        }
        Account caller = visit.caller().account();
        if (caller == null) {
            throw new Refusal(403, 20008);
        }
        if (!caller.isMain()) {
            throw Refusal.notFound(call.path());
        }
        if (call.path().startsWith("/v1/Services")) {
            return services(call, List.of(call.path().substring(1).split("/", -1)), base);
        }
        if (call.path().equals("/v1/Content") || call.path().startsWith("/v1/Content/")) {
            return contents.route(call, List.of(call.path().substring(1).split("/", -1)), base);
        }
        throw Refusal.notFound(call.path());
    }

    private Answer classic(Call call, Visit visit, List<String> path) {
        Account caller = visit.caller().account();
        if (caller == null) {
            return pretend(call, path.get(0));
        }
        Account account = network.accounts.acting(caller, path.get(0));
        String resource = path.size() > 1 ? path.get(1) : "";
        return switch (path.size()) {
            case 1 -> only(call, "GET", accounts.fetch(account));
            case 2 ->
                resource.equals("Balance")
                        ? only(call, "GET", accounts.balance(account))
                        : all(account, call, visit, resource);
            case 3 -> one(account, call, path);
            case 4 -> below(account, call, path);
            default -> throw Refusal.notFound(call.path());
        };
    }

    private Answer pretend(Call call, String sid) {
        if (!sid.equals(network.accounts.testSid())) {
            throw new Refusal(401, 20003);
        }
        if (!call.isCreate()) {
            throw new Refusal(403, 20008);
        }
        return messages.pretend(call);
    }

    private Answer all(Account account, Call call, Visit visit, String resource) {
        requireMessages(call, resource);
        return switch (call.method()) {
            case "POST" -> messages.create(account, call, visit);
            case "GET" -> messages.list(account, call);
            default -> throw new Refusal(405, 20004);
        };
    }

    private Answer one(Account account, Call call, List<String> path) {
        String sid = path.get(2);
        requireMessages(call, path.get(1));
        return switch (call.method()) {
            case "GET" -> messages.fetch(account, call, sid);
            case "POST" -> messages.update(account, call, sid);
            case "DELETE" -> messages.delete(account, call, sid);
            default -> throw new Refusal(405, 20004);
        };
    }

    private Answer below(Account account, Call call, List<String> path) {
        String sid = path.get(2);
        String part = path.get(3);
        requireMessages(call, path.get(1));
        if (part.equals("Media")) {
            requireMethod(call, "GET");
            return messages.media(account, call, sid);
        }
        if (part.equals("Feedback")) {
            requireMethod(call, "POST");
            return messages.feedback(account, call, sid);
        }
        throw Refusal.notFound(call.path());
    }

    private Answer services(Call call, List<String> path, String base) {
        PoolResource.@Nullable Part part = path.size() > 3 ? PoolResource.Part.of(path.get(3)) : null;
        if (!path.get(1).equals("Services") || path.size() > 5 || (path.size() > 3 && part == null)) {
            throw Refusal.notFound(call.path());
        }
        if (part != null) {
            return pool(call, path, part, base);
        }
        boolean whole = path.size() == 2;
        return switch (call.method()) {
            case "POST" -> whole ? services.create(call, base) : services.update(call, path.get(2), base);
            case "GET" -> whole ? services.list(call, base) : services.fetch(call, path.get(2), base);
            case "DELETE" -> {
                requireMethod(call, whole ? "GET" : "DELETE");
                yield services.delete(call, path.get(2));
            }
            default -> throw new Refusal(405, 20004);
        };
    }

    private Answer pool(Call call, List<String> path, PoolResource.Part part, String base) {
        String service = path.get(2);
        if (path.size() == 4) {
            return switch (call.method()) {
                case "POST" -> pools.add(call, service, part, base);
                case "GET" -> pools.list(call, service, part, base);
                default -> throw new Refusal(405, 20004);
            };
        }
        return switch (call.method()) {
            case "GET" -> pools.fetch(call, service, part, base);
            case "DELETE" -> pools.remove(call, service, part);
            default -> throw new Refusal(405, 20004);
        };
    }

    private static void requireMessages(Call call, String resource) {
        if (!resource.equals("Messages")) {
            throw Refusal.notFound(call.path());
        }
    }

    private static Answer only(Call call, String method, Answer answer) {
        requireMethod(call, method);
        return answer;
    }

    private static void requireMethod(Call call, String method) {
        if (!call.method().equals(method)) {
            throw new Refusal(405, 20004);
        }
    }
}
