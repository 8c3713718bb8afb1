package io.tidings;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;

/** The main classes of this module, read once, and the few questions that architecture tests ask of them. */
final class CoreClasses {
    static final String ROOT = "io.tidings";
    static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private CoreClasses() {}

    /** Types that have a file of their own. */
    static List<JavaClass> topLevel() {
        return ALL.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .toList();
    }

    /** The type whose file holds this one. */
    static JavaClass fileOf(JavaClass type) {
        return type.getEnclosingClass().map(CoreClasses::fileOf).orElse(type);
    }

    /** The name of the type whose file holds this one, with its package. */
    static String file(JavaClass type) {
        return fileOf(type).getName();
    }

    static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(ROOT) || type.getPackageName().startsWith(ROOT + ".");
    }

    /** The package without the common beginning: {@code message}, or nothing for the root. */
    static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }
}
