package io.tidings.template;

import io.tidings.audit.Action;
import io.tidings.audit.AuditLog;
import io.tidings.message.Content;
import io.tidings.message.MessageBody;
import io.tidings.template.TemplateProblemException.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The templates of a host: created, changed, found and rendered.
 *
 * <p>Everything that can be wrong with a template is a {@link TemplateProblemException} before anything is stored.
 * Safe for use by many threads.
 */
public final class Templates {
    private static final int MOST_TRIES = 20;

    private final TemplateStore store;
    private final @Nullable AuditLog audit;

    /** Uses this store, and records nothing. */
    public Templates(TemplateStore store) {
        this.store = store;
        this.audit = null;
    }

    /** Uses this store, and records each change in this log, in whose transactions the store should take part. */
    public Templates(TemplateStore store, AuditLog audit) {
        this.store = store;
        this.audit = audit;
    }

    private Optional<TemplateVersion> add(TemplateDraft draft, int newest) {
        if (audit == null) {
            return store.add(draft, newest);
        }
        return audit.transactions().run(() -> {
            Optional<TemplateVersion> added = store.add(draft, newest);
            added.ifPresent(version -> record(Action.TEMPLATE_SAVED, version.name(), version.number()));
            return added;
        });
    }

    private boolean remove(String name, int version) {
        if (audit == null) {
            return store.delete(name, version);
        }
        return audit.transactions().run(() -> {
            boolean deleted = store.delete(name, version);
            if (deleted) {
                record(Action.TEMPLATE_DELETED, name, version);
            }
            return deleted;
        });
    }

    private void record(Action what, String name, int version) {
        Objects.requireNonNull(audit)
                .act(what)
                .detail("template", name)
                .detail("version", Integer.toString(version))
                .record();
    }

    /** Adds a template. Its name must be free or deleted; numbers of a deleted one go on. */
    public TemplateVersion create(TemplateDraft draft) {
        return add(draft, 0)
                .orElseThrow(() -> TemplateProblemException.of(
                        Kind.CONFLICT, draft.name(), "it exists already; update it, or choose another name"));
    }

    /** Adds a version to a template. Messages that were sent by an older one stay pinned to it. */
    public TemplateVersion update(TemplateDraft draft) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            var added = add(draft, newest(draft.name()).number());
            if (added.isPresent()) {
                return added.get();
            }
        }
        throw TemplateProblemException.of(
                Kind.CONFLICT, draft.name(), "others change it all the time; read it again and try later");
    }

    /**
     * Adds a version to a template if nobody else did meanwhile.
     *
     * @param newest the version the change was made from
     */
    public TemplateVersion update(TemplateDraft draft, int newest) {
        TemplateVersion current = newest(draft.name());
        if (current.number() == newest) {
            var added = add(draft, newest);
            if (added.isPresent()) {
                return added.get();
            }
        }
        throw TemplateProblemException.of(
                Kind.CONFLICT,
                draft.name(),
                "version " + newest + " is not the newest any more; read it again and repeat the change");
    }

    /** The newest version. */
    public TemplateVersion newest(String name) {
        return store.newest(name).orElseThrow(() -> absent(name));
    }

    /** All versions of a name, newest first, with the deleted ones; empty if there never was one. */
    public List<TemplateVersion> versions(String name) {
        return store.versions(name);
    }

    /**
     * The newest versions sorted by name.
     *
     * @param after the last name of the page before; an empty text for the first page
     * @param limit 1 to 1000
     */
    public List<TemplateVersion> list(String after, int limit) {
        if (limit < 1 || limit > 1000) {
            throw new IllegalArgumentException("a page has 1 to 1000 templates, got " + limit);
        }
        return store.list(after, limit);
    }

    /**
     * Deletes a template: it cannot be sent any more and leaves the list. Its versions stay readable, because sent
     * messages are pinned to them. Throws {@link TemplateProblemException} if there is none.
     */
    public void delete(String name) {
        long deleted = store.versions(name).stream()
                .filter(version -> remove(name, version.number()))
                .count();
        if (deleted == 0) {
            throw absent(name);
        }
    }

    /** Deletes one version; if it was the newest, the one before it becomes the newest. */
    public void delete(String name, int version) {
        if (!remove(name, version)) {
            throw absent(name, version);
        }
    }

    /**
     * Renders a template in the locale that fits best: {@code es-MX}, then {@code es}, then the default text.
     *
     * <p>Each variable of the chosen text needs a value; each value needs a variable in some text of that version.
     * Throws {@link TemplateProblemException} otherwise, and if the result is empty or longer than
     * {@value MessageBody#MAX_LENGTH} characters; {@link io.tidings.message.InvalidContentException} if a value holds
     * what no carrier can take.
     */
    public Rendered render(Content.Templated wanted) {
        TemplateVersion version = version(wanted.name(), wanted.version());
        Template template = version.text(wanted.locale())
                .orElseThrow(() -> TemplateProblemException.of(
                        Kind.NO_LOCALE,
                        version.name() + "@" + version.number(),
                        "no text for " + wanted.locale().toLanguageTag() + " and no default text; it has "
                                + tags(version) + "; add one"));
        requireKnown(version, template, wanted.variables().keySet());
        String text = template.render(wanted.variables());
        if (text.isBlank()) {
            throw problem(Kind.EMPTY, template, "the result is empty with these values; a carrier would refuse it");
        }
        if (text.length() > MessageBody.MAX_LENGTH) {
            throw problem(
                    Kind.TOO_LONG,
                    template,
                    "the result has " + text.length() + " characters, the most is " + MessageBody.MAX_LENGTH
                            + "; shorten the text or its values");
        }
        return new Rendered(new MessageBody(text), template.ref());
    }

    private TemplateVersion version(String name, @Nullable Integer number) {
        if (number == null) {
            return newest(name);
        }
        TemplateVersion found = store.find(name, number).orElseThrow(() -> absent(name, number));
        if (found.deleted()) {
            throw TemplateProblemException.of(
                    Kind.DELETED, name + "@" + number, "it was deleted and cannot be sent; use another version");
        }
        return found;
    }

    private static void requireKnown(TemplateVersion version, Template template, Set<String> given) {
        if (template.variables().containsAll(given)) {
            return;
        }
        Set<String> known = version.draft().variables();
        for (String name : given) {
            if (!known.contains(name)) {
                String shown = TemplateParser.isVariable(name) ? "'" + name + "'" : "with an impossible name";
                throw new TemplateProblemException(
                        Kind.UNKNOWN_VARIABLE,
                        template.ref().toString(),
                        null,
                        TemplateParser.isVariable(name) ? name : null,
                        "a value was given for the variable " + shown + ", which it does not have; it has "
                                + new TreeSet<>(known));
            }
        }
    }

    private static Set<String> tags(TemplateVersion version) {
        Set<String> tags = new TreeSet<>();
        version.draft().texts().keySet().stream().map(Locale::toLanguageTag).forEach(tags::add);
        return tags;
    }

    private static TemplateProblemException problem(Kind kind, Template template, String what) {
        return TemplateProblemException.of(kind, template.ref().toString(), what);
    }

    private TemplateProblemException absent(String name) {
        return store.versions(name).isEmpty()
                ? TemplateProblemException.of(
                        Kind.UNKNOWN_TEMPLATE, name, "there is none of that name; create it or correct the name")
                : TemplateProblemException.of(
                        Kind.DELETED, name, "it was deleted and cannot be sent; create it again or use another");
    }

    private TemplateProblemException absent(String name, int version) {
        return store.find(name, version).isPresent()
                ? TemplateProblemException.of(Kind.DELETED, name + "@" + version, "it was deleted before")
                : TemplateProblemException.of(
                        Kind.UNKNOWN_TEMPLATE,
                        name + "@" + version,
                        "there is no such version; leave the version out for the newest");
    }
}
