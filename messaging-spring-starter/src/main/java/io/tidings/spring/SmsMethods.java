package io.tidings.spring;

import io.tidings.inbound.Keyword;
import io.tidings.inbound.Routes;
import io.tidings.message.Channel;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Finds methods with {@link OnSms} by the types of the beans. No bean is made for it, so a lazy one is found as well, and
 * one that sends needs no detour.
 */
final class SmsMethods {
    private final ConfigurableListableBeanFactory beans;

    private record Found(SmsMethod method, @Nullable Keyword keyword) {
        boolean isAmbiguousWith(Found other) {
            return Objects.equals(keyword, other.keyword)
                    && method.channels().stream().anyMatch(other.method.channels()::contains);
        }
    }

    SmsMethods(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** Whole messages first, then beginnings, the longest first, then whatever is left. */
    Routes routes() {
        List<Found> all = find();
        refuseAmbiguous(all);
        all.sort(Comparator.<Found>comparingInt(
                        found -> found.keyword() != null && found.keyword().firstWordOnly() ? 1 : 0)
                .thenComparingInt(found ->
                        found.keyword() == null ? 0 : -found.keyword().word().length()));
        Routes routes = Routes.none();
        for (Found found : all) {
            routes = with(routes, found);
        }
        return routes;
    }

    private static Routes with(Routes routes, Found found) {
        SmsMethod method = found.method();
        Keyword keyword = found.keyword();
        if (keyword == null) {
            return routes.otherwise(method, method.channels().toArray(Channel[]::new));
        }
        boolean texts = method.channels().contains(Channel.SMS);
        if (!method.channels().contains(Channel.WHATSAPP)) {
            return routes.onSms(keyword, method);
        }
        return texts ? routes.on(keyword, method) : routes.onWhatsApp(keyword, method);
    }

    private static void refuseAmbiguous(List<Found> all) {
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < i; j++) {
                Found one = all.get(j);
                Found other = all.get(i);
                if (one.isAmbiguousWith(other)) {
                    Keyword keyword = one.keyword();
                    String what = keyword == null ? "messages without a keyword" : "the keyword " + keyword.word();
                    throw new SetupProblem(
                            SetupProblem.Kind.ON_SMS_AMBIGUOUS,
                            "Two methods handle " + what + ": " + one.method().name() + " and "
                                    + other.method().name() + ".",
                            "Take the keyword from one of them, or let them handle different channels.");
                }
            }
        }
    }

    private List<Found> find() {
        List<Found> all = new ArrayList<>();
        for (String name : beans.getBeanDefinitionNames()) {
            Class<?> type =
                    ScopedProxyUtils.isScopedTarget(name) ? null : AutoProxyUtils.determineTargetClass(beans, name);
            if (type != null && AnnotationUtils.isCandidateClass(type, OnSms.class)) {
                add(all, name, type);
            }
        }
        return all;
    }

    private void add(List<Found> all, String bean, Class<?> type) {
        Map<Method, OnSms> annotated = MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<OnSms>)
                method -> AnnotatedElementUtils.findMergedAnnotation(method, OnSms.class));
        annotated.forEach((method, says) -> {
            SmsMethod handler = new SmsMethod(() -> beans.getBean(bean), method, says);
            for (String word : says.keyword()) {
                String resolved = Objects.requireNonNullElse(beans.resolveEmbeddedValue(word), word);
                all.add(new Found(handler, new Keyword(resolved, says.firstWord())));
            }
            if (says.keyword().length == 0) {
                all.add(new Found(handler, null));
            }
        });
    }
}
