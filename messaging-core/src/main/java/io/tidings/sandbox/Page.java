package io.tidings.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, in either of Twilio's styles. The cursor is the {@code PageToken}: {@code PA} and the last id of
 * the page before, or {@code PB} and the first id of the page behind. {@code Page} is only echoed.
 *
 * @param items what the page shows
 * @param request the list's path and filters
 * @param before token of the page before, if there is one
 * @param behind token of the page behind, if there is one
 * @param <T> what is listed
 */
record Page<T>(
        List<T> items,
        Request request,
        @Nullable String before,
        @Nullable String behind) {
    /**
     * What was asked for.
     *
     * @param path of the list
     * @param filters all parameters but those of paging
     * @param number the client's page number
     * @param size the longest page
     * @param token the cursor
     */
    record Request(
            String path,
            Map<String, List<String>> filters,
            int number,
            int size,
            @Nullable String token) {
        static Request of(Call call, int usualSize) {
            Parameters query = call.queried();
            int size = query.number("PageSize", usualSize, 20007);
            if (size > 1000) {
                throw new Refusal(400, 20007);
            }
            Map<String, List<String>> filters = new LinkedHashMap<>(call.query());
            List.of("Page", "PageSize", "PageToken").forEach(filters::remove);
            return new Request(
                    call.path(), filters, query.number("Page", 0, 21481), Math.max(1, size), query.get("PageToken"));
        }

        String uri(int page, @Nullable String pageToken) {
            Map<String, List<String>> all = new LinkedHashMap<>(filters);
            all.put("PageSize", List.of(Integer.toString(size)));
            all.put("Page", List.of(Integer.toString(page)));
            if (pageToken != null) {
                all.put("PageToken", List.of(pageToken));
            }
            return path + "?" + Forms.encode(all);
        }
    }

    /**
     * Cuts the page out of the whole list.
     *
     * @param all in the order of the list
     * @param position where an id stands in that order, also when it has been deleted; nothing for an unknown id
     */
    static <T> Page<T> of(
            List<T> all, Request request, Function<T, String> id, Function<String, @Nullable Long> position) {
        String token = request.token();
        int from = 0;
        int to = Math.min(request.size(), all.size());
        if (token != null) {
            Long cursor = token.matches("P[AB].+") ? position.apply(token.substring(2)) : null;
            if (cursor == null) {
                throw new Refusal(400, 21481);
            }
            boolean back = token.startsWith("PB");
            int index = 0;
            while (index < all.size() && isBefore(position.apply(id.apply(all.get(index))), cursor, back)) {
                index++;
            }
            from = back ? Math.max(0, index - request.size()) : index;
            to = back ? index : Math.min(all.size(), from + request.size());
        }
        List<T> items = new ArrayList<>(all.subList(from, to));
        String before = from == 0 || items.isEmpty() ? null : "PB" + id.apply(items.get(0));
        String behind = to == all.size() || items.isEmpty() ? null : "PA" + id.apply(items.get(items.size() - 1));
        return new Page<>(items, request, before, behind);
    }

    private static boolean isBefore(@Nullable Long mine, long cursor, boolean back) {
        return mine != null && (back ? mine < cursor : mine <= cursor);
    }

    /** The style of v2010: everything on the top level, addresses relative to the host. */
    ObjectNode classic(String name, Function<T, ObjectNode> json) {
        int number = request.number();
        ObjectNode page = Json.object();
        fill(page.putArray(name), json);
        return page.put("page", number)
                .put("page_size", request.size())
                .put("start", number * request.size())
                .put("end", Math.max(0, number * request.size() + items.size() - 1))
                .put("uri", request.uri(number, request.token()))
                .put("first_page_uri", request.uri(0, null))
                .put("next_page_uri", behind == null ? null : request.uri(number + 1, behind))
                .put("previous_page_uri", before == null ? null : request.uri(Math.max(0, number - 1), before));
    }

    /** The style of the newer APIs: a {@code meta} object, absolute addresses. */
    ObjectNode modern(String name, String base, Function<T, ObjectNode> json) {
        int number = request.number();
        ObjectNode page = Json.object();
        fill(page.putArray(name), json);
        page.putObject("meta")
                .put("key", name)
                .put("page", number)
                .put("page_size", request.size())
                .put("url", base + request.uri(number, request.token()))
                .put("first_page_url", base + request.uri(0, null))
                .put("next_page_url", behind == null ? null : base + request.uri(number + 1, behind))
                .put("previous_page_url", before == null ? null : base + request.uri(Math.max(0, number - 1), before));
        return page;
    }

    private void fill(ArrayNode array, Function<T, ObjectNode> json) {
        items.forEach(each -> array.add(json.apply(each)));
    }
}
