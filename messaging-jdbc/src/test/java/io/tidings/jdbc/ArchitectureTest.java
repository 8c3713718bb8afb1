package io.tidings.jdbc;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of CONTRIBUTING.md for this module that a machine can check. */
class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tidings.jdbc");
    /** In percent of the types that have a file of their own. */
    private static final int MOST_PUBLIC = 25;

    @Test
    void the_package_is_null_marked() {
        assertThat(ALL).allMatch(type -> type.getPackage().isAnnotatedWith(NullMarked.class));
    }

    @Test
    void few_types_are_public() {
        List<JavaClass> types = ALL.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .toList();
        long open = types.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .count();

        assertThat(open * 100.0 / types.size()).isLessThanOrEqualTo(MOST_PUBLIC);
    }

    @Test
    void it_knows_no_driver_no_framework_and_nothing_above_the_ports() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.postgresql..",
                        "org.mariadb..",
                        "org.h2..",
                        "com.zaxxer..",
                        "org.springframework..",
                        "io.tidings",
                        "io.tidings.dispatch..",
                        "io.tidings.webhook..",
                        "io.tidings.inbound..",
                        "io.tidings.twilio..",
                        "io.tidings.sandbox..",
                        "io.tidings.test..")
                .check(ALL);
    }

    @Test
    void nobody_reads_the_machines_clock_or_waits() {
        noClasses()
                .should()
                .callMethodWhere(describe(
                        "reads a clock or sleeps",
                        call -> List.of("now", "currentTimeMillis", "nanoTime", "sleep")
                                        .contains(call.getTarget().getName())
                                && call.getTargetOwner().getPackageName().startsWith("java")))
                .check(ALL);
    }

    @Test
    void nothing_static_changes_and_names_say_what_a_type_is() {
        fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .check(ALL);
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?")
                .check(ALL);
    }
}
