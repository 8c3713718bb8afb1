package io.tidings.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidings.gate.DestinationGate;
import io.tidings.gate.GateRecord;
import io.tidings.gate.Gates;
import io.tidings.message.Channel;
import io.tidings.message.Content;
import io.tidings.message.Encoding;
import io.tidings.message.InvalidContentException;
import io.tidings.message.MessageBody;
import io.tidings.message.MessageIds;
import io.tidings.message.MessageStatus;
import io.tidings.message.Money;
import io.tidings.message.OutboundMessage;
import io.tidings.price.Price;
import io.tidings.price.PriceBook;
import io.tidings.provider.Accounts;
import io.tidings.template.TemplateDraft;
import io.tidings.template.TemplateStore;
import io.tidings.template.Templates;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DryRunTest {
    private final OutboxScene scene = new OutboxScene();
    private final Templates templates = new Templates(TemplateStore.inMemory());

    private DryRun run(OutboundMessage.Builder message, PriceBook prices) {
        Preparation preparation = new Preparation(
                new MessageIds(scene.time, new Random(4)), Accounts.orHouse(), OutboxScene.SENDER, templates, prices);
        Gates gates = new Gates(List.of(new DestinationGate(Set.of("CA"))), Duration.ofSeconds(30));
        return new Intake(scene.stores, gates, preparation, scene.time, () -> {}).dryRun(message.build());
    }

    private static OutboundMessage.Builder templated(String name, Map<String, String> values) {
        return OutboxScene.to(100).content(new Content.Templated(name, null, Locale.ENGLISH, values));
    }

    private static PriceBook cents() {
        return PriceBook.of(
                List.of(new Price(Channel.SMS, "US", LocalDate.parse("2020-01-01"), Money.of("0.0079", "USD"))));
    }

    @Test
    void a_template_is_shown_as_it_would_leave_with_its_cost_and_what_the_gates_say() {
        templates.create(TemplateDraft.of("long", "It’s " + "x".repeat(80) + " {{name}}"));

        DryRun plain = run(templated("long", Map.of("name", "Ana")), cents());
        DryRun smart = run(templated("long", Map.of("name", "Ana")).smartEncoding(), cents());

        assertThat(plain.text()).isEqualTo("It’s " + "x".repeat(80) + " Ana");
        assertThat(plain.characters()).isEqualTo(89);
        assertThat(plain.segments().encoding()).isEqualTo(Encoding.UCS_2);
        assertThat(plain.segments().forcing())
                .singleElement()
                .satisfies(forcing -> assertThat(forcing.gsmTwin()).contains("'"));
        assertThat(plain.receipt().segments()).isEqualTo(2);
        assertThat(plain.receipt().estimatedCost()).isEqualTo(Money.of("0.0158", "USD"));
        assertThat(plain.receipt().status()).isEqualTo(MessageStatus.REFUSED);
        assertThat(plain.decisions()).extracting(GateRecord::gate).containsExactly("destination");
        assertThat(smart.text()).startsWith("It's ");
        assertThat(smart.receipt().segments()).isEqualTo(1);
        assertThat(smart.receipt().estimatedCost()).isEqualTo(Money.of("0.0079", "USD"));
        assertThat(plain.toString()).doesNotContain("Ana").doesNotContain("0100");
    }

    @Test
    void an_emoji_is_one_character_and_two_units() {
        DryRun run = run(OutboxScene.to(100).text("Ok 👍"), PriceBook.unknown());

        assertThat(run.characters()).isEqualTo(4);
        assertThat(run.segments().units()).isEqualTo(5);
        assertThat(run.receipt().estimatedCost()).isNull();
    }

    @Test
    void media_without_a_text_have_no_characters() {
        Content media = new Content.Media(new MessageBody(""), List.of(URI.create("https://example.com/car.jpg")));

        DryRun run = run(OutboxScene.to(100).content(media), cents());

        assertThat(run.text()).isEmpty();
        assertThat(run.characters()).isZero();
    }

    @Test
    void smart_encoding_that_makes_a_text_too_long_is_an_error() {
        templates.create(TemplateDraft.of("dots", "{{dots}}"));

        assertThatThrownBy(() ->
                        run(templated("dots", Map.of("dots", "…".repeat(1000))).smartEncoding(), cents()))
                .isInstanceOf(InvalidContentException.class);
    }
}
