package io.tidings.spring;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says why the application cannot start, and what to do; of settings that are missing, all and not the first alone. */
final class SetupFailureAnalyzer extends AbstractFailureAnalyzer<SetupProblem> {
    /** The page with a section for each kind of problem; the build puts it into our jar. */
    static final String PAGE = "META-INF/tidings/spring-errors.md";

    private static final Set<SetupProblem.Kind> SETTINGS = EnumSet.of(
            SetupProblem.Kind.CREDENTIALS,
            SetupProblem.Kind.NO_DATA_SOURCE,
            SetupProblem.Kind.SENDER,
            SetupProblem.Kind.NO_SECRET,
            SetupProblem.Kind.NO_PUBLIC_URL);

    private final @Nullable BeanFactory beans;
    private final @Nullable Environment environment;

    SetupFailureAnalyzer(@Nullable BeanFactory beans, @Nullable Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SetupProblem cause) {
        List<SetupProblem> all = new ArrayList<>(List.of(cause));
        if (SETTINGS.contains(cause.kind())) {
            others(cause).stream().filter(other -> other.kind() != cause.kind()).forEach(all::add);
        }
        String first = all.size() == 1 ? "" : "Tidings cannot start, for " + all.size() + " reasons.\n\n";
        return new FailureAnalysis(
                first + listed(all, problem -> String.valueOf(problem.getMessage())),
                listed(all, SetupFailureAnalyzer::advice),
                rootFailure);
    }

    /** What is said of this problem alone. */
    static FailureAnalysis analysis(SetupProblem problem, Throwable rootFailure) {
        return new FailureAnalysis(String.valueOf(problem.getMessage()), advice(problem), rootFailure);
    }

    private List<SetupProblem> others(SetupProblem cause) {
        if (!(beans instanceof ListableBeanFactory known) || environment == null) {
            return List.of();
        }
        TidingsProperties properties = properties(environment);
        if (properties == null) {
            return List.of();
        }
        Prerequisites needed = new Prerequisites(properties, environment, known);
        List<SetupProblem> all = new ArrayList<>();
        if (cause.kind() == SetupProblem.Kind.CREDENTIALS
                && properties.store() != TidingsProperties.Keeping.MEMORY
                && known.getBeanNamesForType(DataSource.class, true, false).length == 0) {
            all.add(TidingsStoresAutoConfiguration.noDataSource());
        }
        all.addAll(needed.missing(needed.isTwilio()));
        return all;
    }

    /** Null if they cannot be read, which is another failure. */
    private static @Nullable TidingsProperties properties(Environment environment) {
        try {
            return Binder.get(environment).bindOrCreate("tidings", TidingsProperties.class);
        } catch (BindException e) {
            return null;
        }
    }

    private static String advice(SetupProblem problem) {
        return problem.action() + "\n\nMore: the section \"" + problem.kind().title() + "\" of " + PAGE
                + " in the jar of messaging-spring-starter.";
    }

    private static String listed(List<SetupProblem> problems, Function<SetupProblem, String> what) {
        if (problems.size() == 1) {
            return what.apply(problems.get(0));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < problems.size(); i++) {
            text.append(i == 0 ? "" : "\n\n").append(i + 1).append(". ").append(what.apply(problems.get(i)));
        }
        return text.toString();
    }
}
