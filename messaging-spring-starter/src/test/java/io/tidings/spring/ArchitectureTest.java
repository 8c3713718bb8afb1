package io.tidings.spring;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;

/** The rules of CONTRIBUTING.md for this module that a machine can check. */
class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.tidings.spring");
    /** In percent of the types that have a file of their own and configure nothing. */
    private static final int MOST_PUBLIC = 50;

    @Test
    void every_package_is_null_marked() {
        assertThat(ALL).allMatch(type -> type.getPackage().isAnnotatedWith(NullMarked.class));
    }

    @Test
    void packages_know_each_other_in_one_direction() {
        slices().matching("io.tidings.(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void few_types_are_public() {
        List<JavaClass> types = ALL.stream()
                .filter(type -> type.isTopLevelClass()
                        && !type.getSimpleName().equals("package-info")
                        && !type.isAnnotatedWith(AutoConfiguration.class))
                .toList();
        long open = types.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .count();

        assertThat(open * 100.0 / types.size()).isLessThanOrEqualTo(MOST_PUBLIC);
    }

    @Test
    void auto_configurations_are_final_and_show_nothing() {
        classes()
                .that()
                .areAnnotatedWith(AutoConfiguration.class)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(ALL);
    }

    @Test
    void it_knows_no_sdk_and_one_class_a_driver() {
        noClasses()
                .that()
                .doNotHaveSimpleName(PostgresNotifications.class.getSimpleName())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.postgresql..", "org.mariadb..", "org.h2..", "com.zaxxer..", "com.twilio..")
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
        // Annotations are named after what they mark, as Spring's own are.
        noClasses()
                .that()
                .areNotAnnotations()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?")
                .check(ALL);
    }
}
