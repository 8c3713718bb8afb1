package io.tidings.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NumberZonesWithoutGeocoderTest {

    /** Loads our classes anew and knows no geocoder, like a class path without its jar. */
    private static final class WithoutGeocoder extends ClassLoader {
        WithoutGeocoder() {
            super(NumberZonesWithoutGeocoderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.google.i18n.phonenumbers.geocoding.")
                    || name.startsWith("com.google.i18n.phonenumbers.PhoneNumberToTimeZonesMapper")) {
                throw new ClassNotFoundException(name);
            }
            return name.startsWith("io.tidings.message.") ? own(name) : super.loadClass(name, resolve);
        }

        private Class<?> own(String name) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream bytes = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] code = bytes.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static Set<?> zones(ClassLoader loader, String number) throws ReflectiveOperationException {
        Class<?> type = Class.forName("io.tidings.message.PhoneNumber", true, loader);
        Object parsed = type.getConstructor(String.class).newInstance(number);
        return (Set<?>) type.getMethod("zones").invoke(parsed);
    }

    @Test
    void without_the_geocoder_a_number_may_be_in_any_zone_of_its_country() throws ReflectiveOperationException {
        ClassLoader without = new WithoutGeocoder();

        Set<?> country = zones(without, "+12125550100");

        assertThat(new PhoneNumber("+12125550100").zones())
                .as("an area of New York")
                .hasSize(1);
        assertThat(country.size()).as("zones of the USA").isGreaterThan(20);
        assertThat(country.stream().map(Object::toString).toList())
                .contains("America/New_York", "America/Los_Angeles", "Pacific/Honolulu");
        assertThat(zones(without, "+4915112345678")).hasSize(2);
    }

    @Test
    void without_the_geocoder_a_number_of_no_country_is_in_no_zone() throws ReflectiveOperationException {
        assertThat(zones(new WithoutGeocoder(), "+80012345678")).isEmpty();
    }
}
