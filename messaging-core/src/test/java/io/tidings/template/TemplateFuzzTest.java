package io.tidings.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.tidings.message.Content;
import io.tidings.message.InvalidContentException;
import io.tidings.torture.Scale;
import io.tidings.torture.Scoreboard;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 20,000 random templates in every build, a million with {@code -Dtidings.torture=full}. */
@ExtendWith(Scoreboard.Keeper.class)
class TemplateFuzzTest {
    private static final int RUNS = Scale.of(20_000, 1_000_000);
    private static final String[] PIECES = {
        "{{name}}",
        "{{ bay }}",
        "{{n_1}}",
        "{{name}}",
        "{",
        "}",
        "{{",
        "}}",
        "{{{",
        "}}}",
        "{{#name}}",
        "{{/name}}",
        "{{^a}}",
        "{{>p}}",
        "{{!c}}",
        "{{=<% %>=}}",
        "{{&name}}",
        "{{.}}",
        "{{this}}",
        "{{a.b}}",
        "{{name",
        "name}}",
        "\n",
        "\r\n",
        " ",
        "Hi",
        "${name}",
        "<%name%>",
        "#",
        "/",
        "é",
        "😀",
        "\u0000",
        "\ud83d",
        "\\",
        "\"",
        "|",
        "{{ \t name}}",
        "{{name\n}}",
    };
    private static final String[] VALUES = {
        "Ana",
        "",
        " ",
        "{{name}}",
        "{{bay}}",
        "{{#name}}x{{/name}}",
        "{{{name}}}",
        "${7*7}",
        "<&>",
        "\n",
        "😀",
        "\ud800",
        "\u0000",
        "%n",
        "{{=| |=}}",
        "}}",
        "{{",
        "x".repeat(900),
    };
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([A-Za-z][A-Za-z0-9_]*)\\s*}}");

    @Test
    void every_text_is_a_template_or_a_typed_refusal_and_values_are_never_evaluated(Scoreboard board) {
        long seed = Scale.seed();
        Scoreboard.Row row = board.row("38", "templates", seed).size("%d random templates", RUNS);
        Random random = new Random(seed);
        int rendered = 0;
        for (int run = 0; run < RUNS; run++) {
            rendered += once(random) ? 1 : 0;
        }
        row.figure("%d rendered, %d refused with a typed error", rendered, RUNS - rendered);
        assertThat(rendered).isBetween(RUNS / 20, RUNS - RUNS / 20);
        row.passed();
    }

    private static boolean once(Random random) {
        String text = text(random);
        Map<String, String> values = new HashMap<>();
        for (String name : List.of("name", "bay", "n_1")) {
            if (random.nextInt(20) > 0) {
                values.put(name, VALUES[random.nextInt(VALUES.length)]);
            }
        }
        try {
            Templates templates = new Templates(TemplateStore.inMemory());
            TemplateDraft draft = TemplateDraft.of("fuzz", text);
            templates.create(draft);
            values.keySet().retainAll(draft.variables());
            String result = templates
                    .render(new Content.Templated("fuzz", null, Locale.ROOT, values))
                    .text();
            assertThat(result).isEqualTo(replacedOnce(text, values));
            return true;
        } catch (TemplateProblemException | InvalidContentException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("x".repeat(900));
            return false;
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(12);
        boolean calm = random.nextBoolean();
        for (int i = 0; i < pieces; i++) {
            text.append(
                    calm && random.nextInt(8) > 0
                            ? PIECES[random.nextInt(4)] + "text "
                            : PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static String replacedOnce(String text, Map<String, String> values) {
        return VARIABLE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(values.get(match.group(1))));
    }

    @Test
    void the_worst_texts_take_linear_time() {
        int longest = TemplateParser.LONGEST;
        List<String> worst = List.of(
                "{{a}}".repeat(longest / 5),
                "{".repeat(longest),
                "}".repeat(longest),
                "{{a\n".repeat(longest / 4),
                "{ {".repeat(longest / 3),
                "\n".repeat(longest - 5) + "{{a}}",
                "{{" + "a".repeat(longest - 4) + "}}",
                "{{" + " ".repeat(longest - 5) + "a}}");
        assertTimeout(Duration.ofSeconds(20), () -> {
            for (int round = 0; round < 100; round++) {
                for (String text : worst) {
                    try {
                        Template.of(new TemplateRef("worst", 1, Locale.ROOT), text)
                                .render(Map.of("a", "{{a}}"));
                    } catch (TemplateProblemException e) {
                        assertThat(e.kind()).isEqualTo(TemplateProblemException.Kind.SYNTAX);
                    }
                }
            }
        });
    }
}
