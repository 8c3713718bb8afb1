package io.tidings.spring.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Link;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import io.tidings.Tidings;
import io.tidings.message.MessageId;
import io.tidings.message.TraceParent;
import io.tidings.spring.SandboxTransportAutoConfiguration;
import io.tidings.spring.TidingsAutoConfiguration;
import io.tidings.spring.TidingsStoresAutoConfiguration;
import io.tidings.spring.TidingsTestAutoConfiguration;
import io.tidings.test.TestTidings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** A trace over the queue, with a tracer that keeps its spans. */
class TracingTest {
    private static final String NUMBER = "+12025550143";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    SandboxTransportAutoConfiguration.class,
                    TidingsStoresAutoConfiguration.class,
                    TidingsAutoConfiguration.class,
                    TidingsTracingAutoConfiguration.class,
                    TidingsObservationAutoConfiguration.class))
            .withBean(ObservationRegistry.class, ObservationRegistry::create)
            .withPropertyValues("tidings.provider=sandbox");

    @Test
    void a_delivery_is_a_trace_of_its_own_linked_to_the_span_that_sent() {
        runner.withBean(SimpleTracer.class, SimpleTracer::new).run(context -> {
            SimpleTracer tracer = context.getBean(SimpleTracer.class);
            ObservationRegistry registry = context.getBean(ObservationRegistry.class);
            registry.observationConfig()
                    .observationHandler(new FirstMatchingCompositeObservationHandler(
                            context.getBean(LinkedDelivery.class), new DefaultTracingObservationHandler(tracer)));
            Tidings tidings = context.getBean(Tidings.class);

            Observation.createNotStarted("host", registry).observe(() -> tidings.sms(NUMBER, "Your car is ready."));
            tidings.runDue();

            SimpleSpan sent = span(tracer, "tidings send");
            SimpleSpan delivered = span(tracer, "tidings deliver");
            assertThat(delivered.getLinks())
                    .extracting(Link::getTraceContext)
                    .singleElement()
                    .satisfies(to -> {
                        assertThat(to.traceId()).endsWith(sent.getTraceId());
                        assertThat(to.spanId()).isEqualTo(sent.getSpanId());
                    });
            assertThat(delivered.getTraceId()).isNotEqualTo(sent.getTraceId());
            assertThat(delivered.getTags()).containsEntry("outcome", "accepted").containsKey("tidings.sid");
            assertThat(delivered.getEndTimestamp().toEpochMilli()).isPositive();
            assertThat(tracer.getSpans().toString()).doesNotContain(NUMBER.substring(1));
        });
    }

    @Test
    void a_report_is_within_its_callback_and_linked_to_the_span_that_sent() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        TidingsTestAutoConfiguration.class,
                        TidingsTracingAutoConfiguration.class,
                        TidingsObservationAutoConfiguration.class))
                .withBean(ObservationRegistry.class, ObservationRegistry::create)
                .withBean(SimpleTracer.class, SimpleTracer::new)
                .run(context -> {
                    SimpleTracer tracer = context.getBean(SimpleTracer.class);
                    ObservationRegistry registry = context.getBean(ObservationRegistry.class);
                    registry.observationConfig()
                            .observationHandler(new FirstMatchingCompositeObservationHandler(
                                    context.getBean(LinkedStatus.class), new DefaultTracingObservationHandler(tracer)));
                    TestTidings kit = context.getBean(TestTidings.class);

                    kit.tidings().sms(NUMBER, "Your car is ready.");
                    Observation.createNotStarted("callback", registry).observe(kit::runDue);

                    SimpleSpan sent = span(tracer, "tidings send");
                    SimpleSpan callback = span(tracer, "callback");
                    SimpleSpan reported = span(tracer, "tidings status");
                    assertThat(reported.getLinks())
                            .extracting(link -> link.getTraceContext().spanId())
                            .containsExactly(sent.getSpanId());
                    assertThat(reported.getTraceId()).isEqualTo(callback.getTraceId());
                    assertThat(reported.getTags())
                            .containsEntry("status", "delivered")
                            .containsEntry("source", "callback");
                    assertThat(tracer.getSpans().toString()).doesNotContain(NUMBER.substring(1));
                });
    }

    @Test
    void where_a_message_was_sent_is_read_once_and_a_store_that_fails_costs_the_link_alone() {
        MessageId known = MessageId.parse("01890a5d-ac96-774b-bcce-b302099a8057");
        TraceParent span = TraceParent.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .orElseThrow();
        AtomicInteger reads = new AtomicInteger();
        SenderSpans spans = new SenderSpans(id -> {
            if (reads.incrementAndGet() == 1) {
                throw new IllegalStateException("the store is gone");
            }
            return Optional.of(span);
        });

        assertThat(spans.of(known)).isEmpty();
        assertThat(spans.of(known)).contains(span);
        assertThat(spans.of(known)).contains(span);
        assertThat(reads).hasValue(2);
    }

    private static SimpleSpan span(SimpleTracer tracer, String name) {
        List<SimpleSpan> named = tracer.getSpans().stream()
                .filter(span -> name.equals(span.getName()))
                .toList();
        assertThat(named).as("spans of " + tracer.getSpans()).hasSize(1);
        return named.get(0);
    }

    @Test
    void without_a_tracer_a_message_bears_no_span() {
        runner.withClassLoader(new FilteredClassLoader(Tracer.class)).run(context -> {
            Tidings tidings = context.getBean(Tidings.class);
            var id = tidings.sms(NUMBER, "Your car is ready.").id();

            assertThat(tidings.find(id)
                            .orElseThrow()
                            .stored()
                            .message()
                            .options()
                            .trace())
                    .isNull();
            assertThat(context).doesNotHaveBean("tidingsLinkedDelivery");
        });
    }
}
