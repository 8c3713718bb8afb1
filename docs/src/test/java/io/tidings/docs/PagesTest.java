package io.tidings.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every page: its snippets are code that runs, its links lead somewhere, and nobody's machine shows in it. */
class PagesTest {
    /** Folders of single machines. Written so that this file does not hold what it looks for. */
    private static final Pattern MACHINE = Pattern.compile("(?<![\\w.$}*-])/("
            + String.join("|", "work", "tmp", "home", "root", "Users") + ")/" + "|[A-Z]:\\\\\\\\?Users|~/\\." + "m2");

    static Stream<Page> pages() {
        return Repository.pages().stream().map(Page::read);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void java_snippets_are_copies_of_code_that_runs(Page page) {
        for (Page.Block block : page.blocks()) {
            if (block.language().equals("java")) {
                assertThat(block.snippet())
                        .as("%s:%s: put <!-- snippet: path/to/File.java#tag --> before this block", page, block.line())
                        .isNotEmpty();
                assertThat(block.text())
                        .as("%s:%s: copy the lines between the tags of %s", page, block.line(), block.snippet())
                        .isEqualTo(Snippet.read(block.snippet()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void links_lead_somewhere(Page page) {
        List<String> broken = page.links().stream()
                .filter(link -> !leadsSomewhere(page, link.target()))
                .map(link -> page + ":" + link.line() + ": " + link.target())
                .toList();

        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(Page page, String target) {
        if (target.matches("(https?|mailto):.*")) {
            return true;
        }
        URI link = URI.create(target);
        Path folder = page.file().toAbsolutePath().getParent();
        Path file = link.getPath().isEmpty()
                ? page.file()
                : folder.resolve(link.getPath()).normalize();
        if (link.getPath().startsWith("/") || !Files.exists(file)) {
            return false;
        }
        String anchor = link.getFragment();
        return anchor == null || (isPage(file) && Page.read(file).anchors().contains(anchor));
    }

    private static boolean isPage(Path file) {
        return file.toString().endsWith(".md");
    }

    @Test
    void every_guide_is_on_the_map() {
        Page map = Page.read(Repository.file("docs/index.md"));
        List<String> listed = map.links().stream().map(Page.Link::target).toList();
        List<String> guides = Repository.pages().stream()
                .map(Repository::name)
                .filter(name -> name.matches("docs/[^/]+\\.md") && !name.equals("docs/index.md"))
                .map(name -> name.substring("docs/".length()))
                .toList();

        assertThat(listed).containsAll(guides);
    }

    @Test
    void every_decision_is_in_the_list_and_has_its_parts() {
        List<String> listed = Page.read(Repository.file("docs/decisions/README.md")).links().stream()
                .map(Page.Link::target)
                .toList();
        List<Page> decisions = pages().filter(page -> page.toString().matches("docs/decisions/[0-9]{4}-.*"))
                .toList();

        assertThat(decisions).isNotEmpty().allSatisfy(page -> {
            String file = page.file().getFileName().toString();
            assertThat(listed).contains(file);
            assertThat(page.headings().get(0).text()).startsWith(Integer.parseInt(file.substring(0, 4)) + ". ");
            assertThat(page.headings().stream().map(Page.Heading::text))
                    .contains("Context", "Decision", "Consequences");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Quick start", "Test"})
    void the_readme_begins_both_of_its_commands_with_a_block(String section) {
        Page readme = Page.read(Repository.file("README.md"));
        List<Page.Heading> sections =
                readme.headings().stream().filter(each -> each.level() == 2).toList();
        int index = IntStream.range(0, sections.size())
                .filter(i -> sections.get(i).text().equals(section))
                .findFirst()
                .orElseThrow(() -> new AssertionError("README.md has no section ## " + section));
        int start = sections.get(index).line();
        int end = index + 1 < sections.size() ? sections.get(index + 1).line() : Integer.MAX_VALUE;

        assertThat(readme.blocks())
                .as("the first fenced block of ## %s is its one command", section)
                .filteredOn(block -> block.line() > start && block.line() < end)
                .isNotEmpty()
                .first()
                .satisfies(block -> assertThat(block.text()).isNotEmpty());
    }

    @Test
    void no_file_names_a_folder_of_somebodys_machine() {
        List<String> found = new ArrayList<>();
        for (Path file : Repository.texts()) {
            List<String> lines = Repository.lines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (MACHINE.matcher(lines.get(i)).find() && !lines.get(i).startsWith("#!")) {
                    found.add(Repository.name(file) + ":" + (i + 1) + ": "
                            + lines.get(i).strip());
                }
            }
        }

        assertThat(found).isEmpty();
    }

    @Test
    void the_checks_would_notice() {
        Page page = Page.of(
                Repository.file("docs/none.md"),
                List.of(
                        "# A `b` c!",
                        "# A b c",
                        "[x](gone.md) `[y](code.md)`",
                        "<!-- snippet: A.java#t -->",
                        "```java",
                        "x",
                        "```"));

        assertThat(page.anchors()).containsExactly("a-b-c", "a-b-c-1");
        assertThat(page.links()).extracting(Page.Link::target).containsExactly("gone.md");
        assertThat(leadsSomewhere(page, "gone.md")).isFalse();
        assertThat(leadsSomewhere(page, "index.md")).isTrue();
        assertThat(leadsSomewhere(page, "index.md#no-such-heading")).isFalse();
        assertThat(page.blocks().get(0).snippet()).isEqualTo("A.java#t");
        assertThat(Snippet.cut(List.of("  // tag::t[]", "    a();", "  b();", "  // end::t[]"), "t"))
                .containsExactly("  a();", "b();");
        assertThatThrownBy(() -> Snippet.cut(List.of("// tag::t", "// end::t"), "t"))
                .hasMessageContaining("nothing is between");
        assertThat(MACHINE.matcher("see /" + "home/ann/x").find()).isTrue();
        assertThat(MACHINE.matcher("https://example.com/" + "home/x").find()).isFalse();
    }
}
