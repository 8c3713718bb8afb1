package io.tidings;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What users of the module can see: every type that a public or protected signature names, type arguments included. */
final class PublicSignatures {
    private PublicSignatures() {}

    /**
     * One type named by one signature.
     *
     * @param owner the public type
     * @param signature the type itself or its member
     * @param named the type that it names
     */
    record Use(JavaClass owner, String signature, JavaClass named) {
        @Override
        public String toString() {
            return signature + " names " + named.getName();
        }
    }

    static List<Use> of(JavaClasses classes) {
        List<Use> uses = new ArrayList<>();
        classes.stream().filter(PublicSignatures::isPublic).forEach(type -> {
            collect(uses, type, type.getName(), parents(type));
            type.getMembers().stream()
                    .filter(PublicSignatures::isVisible)
                    .forEach(member -> collect(uses, type, member.getFullName(), types(member)));
        });
        return uses;
    }

    /** Whether a user can name the type. */
    static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(PublicSignatures::isPublic).orElse(true);
    }

    private static boolean isVisible(JavaMember member) {
        return !member.getModifiers().contains(JavaModifier.SYNTHETIC)
                && (member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED));
    }

    private static Stream<JavaType> parents(JavaClass type) {
        return Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
    }

    private static Stream<JavaType> types(JavaMember member) {
        if (member instanceof JavaField field) {
            return Stream.of(field.getType());
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        return Stream.of(
                        Stream.of(unit.getReturnType()),
                        unit.getParameterTypes().stream(),
                        unit.getTypeParameters().stream().flatMap(each -> each.getUpperBounds().stream()),
                        unit.getExceptionTypes().stream())
                .flatMap(each -> each);
    }

    private static void collect(List<Use> uses, JavaClass owner, String signature, Stream<? extends JavaType> types) {
        types.flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .map(JavaClass::getBaseComponentType)
                .distinct()
                .forEach(named -> uses.add(new Use(owner, signature, named)));
    }
}
