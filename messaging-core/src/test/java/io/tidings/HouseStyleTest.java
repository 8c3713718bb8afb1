package io.tidings;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.tidings.CoreClasses.ALL;
import static io.tidings.CoreClasses.file;
import static io.tidings.CoreClasses.room;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of CONTRIBUTING.md that a machine can check. */
class HouseStyleTest {
    private static final int MOST_PARAMETERS = 6;
    /** In percent of the types that have a file of their own. */
    private static final int MOST_PUBLIC = 60;

    /** The only files that read the machine's clock. */
    private static final Set<String> CLOCKS =
            Set.of("io.tidings.message.TimeSource", "io.tidings.sandbox.SandboxClock");

    /** The only files that make chance of their own: secrets, salts and the ids of nodes. Others are given theirs. */
    private static final Set<String> CHANCE =
            Set.of("io.tidings.account.TidingsSecret", "io.tidings.audit.AuditLog", "io.tidings.dispatch.Worker");

    /** Virtual threads on bytecode of Java 17, atomic access to the words of the bucket, JUnit's parameters. */
    private static final Set<String> HANDLES = Set.of(
            "io.tidings.dispatch.WorkerThreads",
            "io.tidings.throttle.TokenBucket",
            "io.tidings.test.SandboxExtension",
            "io.tidings.test.TidingsExtension");

    @Test
    void every_package_is_null_marked() {
        List<String> unmarked = ALL.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                .map(each -> each.getName())
                .toList();

        assertThat(unmarked).isEmpty();
    }

    @Test
    void only_programs_print() {
        noClasses()
                .that(describe("are no programs", type -> !file(type).endsWith("Main")))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(ALL);
    }

    @Test
    void only_the_clocks_read_the_machines_clock() {
        assertThat(uses(HouseStyleTest::readsClock, type -> CLOCKS.contains(file(type))))
                .isEmpty();
    }

    private static boolean readsClock(JavaAccess<?> access) {
        String name = access.getTarget().getName();
        return switch (access.getTargetOwner().getName()) {
            case "java.lang.System" -> name.equals("currentTimeMillis") || name.equals("nanoTime");
            case "java.util.Date" -> isWithoutArguments(access);
            default ->
                access.getTargetOwner().getPackageName().equals("java.time")
                        && (name.equals("now") || name.startsWith("system"));
        };
    }

    private static boolean isWithoutArguments(JavaAccess<?> access) {
        return access.getTarget().getFullName().endsWith("<init>()");
    }

    @Test
    void nothing_sleeps() {
        assertThat(uses(
                        access -> access.getTarget().getName().equals("sleep")
                                && Set.of("java.lang.Thread", "java.util.concurrent.TimeUnit")
                                        .contains(access.getTargetOwner().getName()),
                        type -> false))
                .isEmpty();
    }

    @Test
    void chance_is_passed_in_or_seeded() {
        assertThat(uses(HouseStyleTest::makesChance, type -> room(type).isEmpty() || CHANCE.contains(file(type))))
                .isEmpty();
    }

    private static boolean makesChance(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        return switch (owner.getName()) {
            case "java.util.concurrent.ThreadLocalRandom" -> true;
            case "java.util.random.RandomGenerator" -> name.equals("of") || name.equals("getDefault");
            case "java.util.Random", "java.util.SplittableRandom" -> isWithoutArguments(access);
            case "java.util.UUID" -> name.equals("randomUUID");
            case "java.lang.Math" -> name.equals("random");
            default -> owner.isAssignableTo(Random.class) && (name.equals("<init>") || name.startsWith("getInstance"));
        };
    }

    /** Calls and method references of this kind from files that are not excused. */
    private static List<String> uses(Predicate<JavaAccess<?>> kind, Predicate<JavaClass> excused) {
        return ALL.stream()
                .filter(excused.negate())
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(kind)
                .map(JavaAccess::getDescription)
                .toList();
    }

    @Test
    void reflection_is_left_to_those_who_need_a_handle() {
        noClasses()
                .that(describe("need no handle", type -> !HANDLES.contains(file(type))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.lang.reflect", "java.lang.invoke")
                .check(ALL);
    }

    @Test
    void names_say_what_a_type_is() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)(\\$.*)?")
                .orShould()
                .haveNameMatching(".*\\.(util|utils|common|helper|helpers|misc|impl|internal)\\..*")
                .check(ALL);
    }

    @Test
    void nothing_static_changes() {
        fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .check(ALL);
    }

    @Test
    void methods_take_few_parameters() {
        List<String> tooMany = ALL.stream()
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(unit -> parameters(unit) > MOST_PARAMETERS)
                .map(unit -> unit.getFullName() + " has " + parameters(unit))
                .toList();

        assertThat(tooMany).isEmpty();
    }

    /** As written in the source: without what the compiler adds, and none for records, whose components are their data. */
    private static int parameters(JavaCodeUnit unit) {
        JavaClass owner = unit.getOwner();
        int all = unit.getRawParameterTypes().size();
        if (unit.getModifiers().contains(JavaModifier.SYNTHETIC) || owner.isAnonymousClass() || owner.isLocalClass()) {
            return 0;
        }
        if (!(unit instanceof JavaConstructor)) {
            return all;
        }
        if (owner.isRecord()) {
            return 0;
        }
        boolean inner = owner.isInnerClass();
        return all - (owner.isEnum() ? 2 : 0) - (inner ? 1 : 0);
    }

    @Test
    void few_types_are_public() {
        List<JavaClass> types = CoreClasses.topLevel();
        long open = types.stream().filter(PublicSignatures::isPublic).count();
        String perRoom = types.stream()
                .collect(Collectors.groupingBy(CoreClasses::room, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(each -> each.getKey() + " "
                        + each.getValue().stream()
                                .filter(PublicSignatures::isPublic)
                                .count() + "/" + each.getValue().size())
                .collect(Collectors.joining(", "));

        assertThat(open * 100.0 / types.size())
                .as("percent of public types (%s)", perRoom)
                .isLessThanOrEqualTo(MOST_PUBLIC);
    }
}
