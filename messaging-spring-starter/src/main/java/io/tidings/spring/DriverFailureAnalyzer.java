package io.tidings.spring;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Says that the driver of the database is not on the class path. Boot ends with a trace then, and whoever needs the
 * {@link DataSource} first, such as a migration, meets it before we do.
 */
final class DriverFailureAnalyzer extends AbstractFailureAnalyzer<BeanCreationException> {
    private static final String URL = "spring.datasource.url";
    private static final String DRIVER = "spring.datasource.driver-class-name";

    private final @Nullable BeanFactory beans;
    private final @Nullable Environment environment;

    DriverFailureAnalyzer(@Nullable BeanFactory beans, @Nullable Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BeanCreationException cause) {
        if (environment == null || !isOfDataSource(cause)) {
            return null;
        }
        String named = environment.getProperty(DRIVER, "");
        String driver = named.isEmpty() ? driverOf(environment.getProperty(URL, "")) : named;
        return driver == null || ClassUtils.isPresent(driver, null) || !isNamed(driver, cause)
                ? null
                : SetupFailureAnalyzer.analysis(problem(driver, named.isEmpty() ? URL : DRIVER), rootFailure);
    }

    /** Whether the bean that could not be made, perhaps for another bean, is a {@link DataSource}. */
    private boolean isOfDataSource(BeanCreationException failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof BeanCreationException creation && isDataSource(creation.getBeanName())) {
                return true;
            }
        }
        return false;
    }

    /** A host's own {@link DataSource} may fail for another reason, beside properties that nobody reads. */
    private static boolean isNamed(String driver, Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (String.valueOf(each.getMessage()).contains(driver)) {
                return true;
            }
        }
        return false;
    }

    private boolean isDataSource(@Nullable String bean) {
        return beans != null && bean != null && beans.containsBean(bean) && beans.isTypeMatch(bean, DataSource.class);
    }

    /** Null if Spring does not know whose such addresses are. */
    private static @Nullable String driverOf(String url) {
        return url.isEmpty() ? null : DatabaseDriver.fromJdbcUrl(url).getDriverClassName();
    }

    private static SetupProblem problem(String driver, String property) {
        return new SetupProblem(
                SetupProblem.Kind.NO_DRIVER,
                "The driver of the database, " + driver + ", is not on the class path; the property " + property
                        + " asks for it.",
                "Add the driver's library, for PostgreSQL org.postgresql:postgresql with the scope runtime; or correct "
                        + property + ".");
    }
}
