package io.tidings;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.tidings.CoreClasses.ALL;
import static io.tidings.CoreClasses.file;
import static io.tidings.CoreClasses.isOurs;
import static io.tidings.CoreClasses.room;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The picture of docs/architecture.md, held to the class files: who may know whom, and where each dependency lives. */
class ArchitectureTest {
    private static final int ROOT_FLOOR = 7;
    /** What an adapter may know: values and the port it implements. */
    private static final int PORTS = 3;

    private static final Map<String, Integer> FLOORS = Map.ofEntries(
            Map.entry("message", 1),
            Map.entry("throttle", 1),
            Map.entry("gate", 2),
            Map.entry("event", 2),
            Map.entry("account", 2),
            Map.entry("price", 2),
            Map.entry("provider", 3),
            Map.entry("template", 3),
            Map.entry("consent", 3),
            Map.entry("budget", 3),
            Map.entry("pumping", 3),
            Map.entry("audit", 3),
            Map.entry("access", 3),
            Map.entry("alert", 3),
            Map.entry("analytics", 3),
            Map.entry("tenant", 3),
            Map.entry("endpoint", 3),
            Map.entry("schedule", 3),
            Map.entry("outbox", 4),
            Map.entry("history", 4),
            Map.entry("retry", 4),
            Map.entry("dispatch", 5),
            Map.entry("inbound", 5),
            Map.entry("report", 5),
            Map.entry("retention", 5),
            Map.entry("webhook", 6),
            Map.entry("", ROOT_FLOOR));
    private static final Set<String> LEAVES = Set.of("twilio", "egress", "vault", "sandbox", "test");

    @Test
    void every_package_has_a_place_in_the_picture() {
        Set<String> rooms = ALL.stream().map(CoreClasses::room).collect(Collectors.toCollection(TreeSet::new));
        rooms.removeAll(FLOORS.keySet());
        rooms.removeAll(LEAVES);

        assertThat(rooms)
                .as("give a new package a floor here and in docs/architecture.md")
                .isEmpty();
    }

    @Test
    void no_arrow_points_up() {
        classes()
                .should(onlyKnow("what lies below or beside it", (from, to) -> {
                    if (room(from).equals("test")) {
                        return true;
                    }
                    if (LEAVES.contains(room(to))) {
                        return room(from).isEmpty();
                    }
                    return floor(to) <= (LEAVES.contains(room(from)) ? PORTS : floor(from));
                }))
                .check(ALL);
    }

    private static int floor(JavaClass type) {
        return FLOORS.getOrDefault(room(type), Integer.MAX_VALUE);
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("io.tidings.(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void only_the_test_kit_knows_the_facade() {
        classes()
                .that()
                .resideOutsideOfPackage("io.tidings.test..")
                .should(onlyKnow(
                        "no type of the root package",
                        (from, to) -> !room(to).isEmpty() || room(from).isEmpty()))
                .check(ALL);
    }

    @Test
    void the_sandbox_knows_nothing_of_ours() {
        standsAlone("sandbox");
    }

    @Test
    void the_throttle_knows_nothing_of_ours() {
        standsAlone("throttle");
    }

    private static void standsAlone(String room) {
        classes()
                .that()
                .resideInAPackage("io.tidings." + room)
                .should(onlyKnow("itself", (from, to) -> room(to).equals(room)))
                .check(ALL);
    }

    @ParameterizedTest
    @CsvSource({
        "io.tidings.twilio, com.twilio org.apache.hc",
        "io.tidings.test, org.junit org.assertj org.opentest4j",
        "nowhere, java.sql javax.sql org.springframework jakarta lombok",
    })
    void a_dependency_lives_in_one_package(String home, String libraries) {
        noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat(from(libraries))
                .check(ALL);
    }

    @Test
    void the_http_client_is_known_to_those_who_call_others() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.tidings.twilio", "io.tidings.egress")
                .should()
                .dependOnClassesThat(from("okhttp3 okio"))
                .check(ALL);
    }

    @ParameterizedTest
    @CsvSource({
        "io.tidings.message, com.google.i18n, 2",
        "io.tidings.template, com.samskivert, 1",
        "io.tidings.dispatch, io.github.resilience4j, 1",
    })
    void a_dependency_lives_behind_as_few_classes_as_it_can(String room, String library, int most) {
        Set<String> homes = ALL.stream()
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency -> from(library).test(dependency.getTargetClass())))
                .map(CoreClasses::file)
                .collect(Collectors.toSet());

        assertThat(homes)
                .hasSizeLessThanOrEqualTo(most)
                .allMatch(name -> name.substring(0, name.lastIndexOf('.')).equals(room));
    }

    @Test
    void the_JDKs_server_is_known_to_the_sandbox_and_to_its_binding() {
        noClasses()
                .that(describe(
                        "are neither the sandbox nor the binding",
                        type -> !room(type).equals("sandbox")
                                && !Set.of("io.tidings.webhook.JdkHttpBinding", "io.tidings.webhook.LocalWebhooks")
                                        .contains(file(type))))
                .should()
                .dependOnClassesThat(from("com.sun"))
                .check(ALL);
    }

    @Test
    void public_signatures_name_public_types_only() {
        assertThat(PublicSignatures.of(ALL))
                .filteredOn(use -> isOurs(use.named()) && !PublicSignatures.isPublic(use.named()))
                .isEmpty();
    }

    @Test
    void public_signatures_name_no_library() {
        assertThat(PublicSignatures.of(ALL))
                .filteredOn(use -> !isOurs(use.named())
                        && !use.named().isPrimitive()
                        && !from("java javax.crypto javax.net.ssl com.sun.net.httpserver")
                                .test(use.named()))
                .filteredOn(use -> !room(use.owner()).equals("test")
                        || !from("org.junit org.assertj").test(use.named()))
                .isEmpty();
    }

    /** Types of these libraries, named by the beginnings of their packages. */
    private static DescribedPredicate<JavaClass> from(String libraries) {
        return describe(
                "come from " + libraries,
                type -> Arrays.stream(libraries.split(" "))
                        .anyMatch(
                                library -> type.getBaseComponentType().getName().startsWith(library + ".")));
    }

    private static ArchCondition<JavaClass> onlyKnow(String what, BiPredicate<JavaClass, JavaClass> allowed) {
        return new ArchCondition<>("know only " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (isOurs(target) && !room(target).equals(room(type)) && !allowed.test(type, target)) {
                        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
            }
        };
    }
}
