package io.tidings.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of Markdown, taken apart as far as the checks need it.
 *
 * @param file where it is
 * @param blocks its fenced blocks
 * @param links the targets of its links, outside of code
 * @param headings its headings, as they are written
 * @param names its anchors that were set by hand
 */
record Page(Path file, List<Block> blocks, List<Link> links, List<Heading> headings, List<String> names) {
    private static final Pattern FENCE = Pattern.compile(" *(```+|~~~+) *([A-Za-z0-9_-]*).*");
    private static final Pattern HEADING = Pattern.compile("(#{1,6}) +(.+?) *#*");
    private static final Pattern COMMENT = Pattern.compile("<!-- snippet: (\\S+)#(\\S+) -->");
    private static final Pattern LINK = Pattern.compile("\\]\\(\\s*<?([^)>\\s]+)>?(?:\\s+\"[^\"]*\")?\\s*\\)"
            + "|^\\s*\\[[^\\]]+\\]:\\s+(\\S+)|(?:href|src|srcset)=\"([^\"]+)\"");
    private static final Pattern NAME = Pattern.compile("<a (?:id|name)=\"([^\"]+)\">");
    private static final Pattern CODE = Pattern.compile("`+[^`]*`+");

    /**
     * A fenced block.
     *
     * @param line of its opening fence, counted from 1
     * @param language behind the fence, may be empty
     * @param snippet what the comment right before it names, or nothing
     * @param text its lines
     */
    record Block(int line, String language, String snippet, List<String> text) {}

    record Link(int line, String target) {}

    record Heading(int line, int level, String text) {}

    static Page read(Path file) {
        return of(file, Repository.lines(file));
    }

    static Page of(Path file, List<String> lines) {
        Page page = new Page(file, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        String snippet = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher fence = FENCE.matcher(line);
            if (fence.matches()) {
                int end = end(lines, i, fence.group(1));
                page.blocks.add(new Block(i + 1, fence.group(2), snippet, List.copyOf(lines.subList(i + 1, end))));
                i = end;
                snippet = "";
                continue;
            }
            Matcher comment = COMMENT.matcher(line.strip());
            if (comment.matches()) {
                snippet = comment.group(1) + "#" + comment.group(2);
            } else if (!line.isBlank()) {
                snippet = "";
            }
            page.addHeading(i + 1, line);
            page.addNames(line);
            page.addLinks(i + 1, line);
        }
        return page;
    }

    private static int end(List<String> lines, int start, String fence) {
        for (int i = start + 1; i < lines.size(); i++) {
            String stripped = lines.get(i).strip();
            if (stripped.startsWith(fence) && stripped.chars().allMatch(each -> each == fence.charAt(0))) {
                return i;
            }
        }
        throw new IllegalArgumentException("the block of line " + (start + 1) + " does not end");
    }

    private void addHeading(int line, String text) {
        Matcher heading = HEADING.matcher(text);
        if (heading.matches()) {
            headings.add(new Heading(line, heading.group(1).length(), heading.group(2)));
        }
    }

    private void addNames(String text) {
        Matcher name = NAME.matcher(text);
        while (name.find()) {
            names.add(name.group(1));
        }
    }

    private void addLinks(int line, String text) {
        Matcher link = LINK.matcher(CODE.matcher(text).replaceAll("code"));
        while (link.find()) {
            for (int i = 1; i <= link.groupCount(); i++) {
                if (link.group(i) != null) {
                    links.add(new Link(line, link.group(i)));
                }
            }
        }
    }

    /** The anchors set by hand, and those that hosting platforms make of headings by GitHub's rule. */
    List<String> anchors() {
        Map<String, Integer> seen = new HashMap<>();
        List<String> anchors = new ArrayList<>(names);
        for (Heading heading : headings) {
            String plain = heading.text().replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1");
            String anchor = plain.toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]", "")
                    .replace(' ', '-');
            int before = seen.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }

    @Override
    public String toString() {
        return Repository.name(file);
    }
}
