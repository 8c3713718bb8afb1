package io.tidings.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says why the application cannot start, and what to do. */
final class SetupFailureAnalyzer extends AbstractFailureAnalyzer<SetupProblem> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SetupProblem cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                cause.action() + "\n\nMore: docs/spring-errors.md#"
                        + cause.kind().anchor(),
                rootFailure);
    }
}
