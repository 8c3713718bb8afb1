package io.tidings.jdbc;

import io.tidings.template.TemplateDraft;
import io.tidings.template.TemplateStore;
import io.tidings.template.TemplateVersion;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Versions of templates: a row each. Of two that add the next version, the key of the table lets one win. */
final class JdbcTemplateStore implements TemplateStore {
    private static final String SELECT = """
            SELECT t.name, t.version, t.texts, t.reference, t.tags, t.deleted FROM tidings_template t
            """;
    private static final String OF_NAME = SELECT + "WHERE t.name = ? ORDER BY t.version DESC";
    private static final String ONE = SELECT + "WHERE t.name = ? AND t.version = ?";
    private static final String NEWEST = SELECT + """
            WHERE t.name = ? AND t.deleted = FALSE ORDER BY t.version DESC LIMIT 1""";
    private static final String LIST = SELECT + """
            WHERE t.name > ? AND t.deleted = FALSE AND NOT EXISTS (
                SELECT 1 FROM tidings_template n
                WHERE n.name = t.name AND n.version > t.version AND n.deleted = FALSE)
            ORDER BY t.name LIMIT ?""";
    private static final String NUMBERS = """
            SELECT COALESCE(MAX(version), 0), COALESCE(MAX(CASE WHEN deleted THEN 0 ELSE version END), 0)
            FROM tidings_template WHERE name = ?""";
    private static final String ADD = """
            INSERT INTO tidings_template (name, version, texts, reference, tags, deleted)
            VALUES (?, ?, ?, ?, ?, FALSE)""";
    private static final String DELETE = """
            UPDATE tidings_template SET deleted = TRUE WHERE name = ? AND version = ? AND deleted = FALSE""";

    private final Database database;

    /**
     * The numbers of a name.
     *
     * @param highest the highest one, deleted or not
     * @param newest the highest that is not deleted
     */
    private record Numbers(int highest, int newest) {}

    JdbcTemplateStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<TemplateVersion> add(TemplateDraft draft, int newest) {
        return database.transactions().run(() -> {
            Numbers numbers = database.query(
                            NUMBERS,
                            values -> values.text(draft.name()),
                            row -> new Numbers(row.integer(), row.integer()))
                    .get(0);
            TemplateVersion added = new TemplateVersion(numbers.highest() + 1, draft, false);
            boolean won = numbers.newest() == newest && database.insert(ADD, values -> bind(values, added));
            return won ? Optional.of(added) : Optional.empty();
        });
    }

    private static void bind(Values values, TemplateVersion version) throws SQLException {
        Map<String, String> texts = new TreeMap<>();
        version.draft().texts().forEach((locale, text) -> texts.put(locale.toLanguageTag(), text));
        values.text(version.name())
                .number(version.number())
                .text(JsonText.of(texts))
                .text(version.draft().reference())
                .text(JsonText.of(version.draft().tags()));
    }

    private static TemplateVersion read(Row row) throws SQLException {
        String name = row.text();
        int number = row.integer();
        Map<Locale, String> texts = new HashMap<>();
        JsonText.map(row.text()).forEach((tag, text) -> texts.put(Locale.forLanguageTag(tag), text));
        TemplateDraft draft = new TemplateDraft(name, texts, row.textOrNull(), JsonText.map(row.text()));
        return new TemplateVersion(number, draft, row.flag());
    }

    @Override
    public Optional<TemplateVersion> newest(String name) {
        return database.find(NEWEST, values -> values.text(name), JdbcTemplateStore::read);
    }

    @Override
    public Optional<TemplateVersion> find(String name, int version) {
        return database.find(ONE, values -> values.text(name).number(version), JdbcTemplateStore::read);
    }

    @Override
    public List<TemplateVersion> versions(String name) {
        return List.copyOf(database.query(OF_NAME, values -> values.text(name), JdbcTemplateStore::read));
    }

    @Override
    public List<TemplateVersion> list(String after, int limit) {
        return database.query(LIST, values -> values.text(after).number(limit), JdbcTemplateStore::read);
    }

    @Override
    public boolean delete(String name, int version) {
        return database.update(DELETE, values -> values.text(name).number(version)) > 0;
    }
}
