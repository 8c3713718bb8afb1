package io.tidings.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.tidings.gate.ContentFlags.Action;
import io.tidings.gate.ContentListener.Finding;
import io.tidings.message.MessageId;
import io.tidings.message.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentFlagsTest {
    private static final ContentFlags FLAGS = ContentFlags.none()
            .with("loan", Action.REFUSE, "payday loan", "Kredit")
            .with("praise", Action.FLAG, "café", "素晴らしい");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A PAYDAY-LOAN for you!",
                "payday\n loan",
                "ＰＡＹＤＡＹ loan",
                "pay\u200Bday lo\u00ADan",
                "pàydäy loán",
                "…kredit."
            })
    void a_term_is_found_however_it_is_dressed(String text) {
        assertThat(FLAGS.find(text)).containsExactly("loan");
    }

    @ParameterizedTest
    @ValueSource(strings = {"paydays loan", "payday of a loan", "Kreditkarte", "", "loan payday"})
    void other_words_are_not_it(String text) {
        assertThat(FLAGS.find(text)).isEmpty();
    }

    @Test
    void scripts_without_blanks_are_searched_by_character() {
        assertThat(FLAGS.find("本当に素晴らしいです")).containsExactly("praise");
        assertThat(FLAGS.find("CAFE und Kredit")).containsExactly("loan", "praise");
    }

    @Test
    void mistakes_are_named() {
        assertThatIllegalArgumentException().isThrownBy(() -> FLAGS.with("loan", Action.FLAG, "rent"));
        assertThatIllegalArgumentException().isThrownBy(() -> FLAGS.with("none", Action.FLAG, " !? "));
        assertThatIllegalArgumentException().isThrownBy(() -> FLAGS.with("a,b", Action.FLAG, "word"));
        assertThatIllegalArgumentException().isThrownBy(() -> FLAGS.action("unknown"));
    }

    @Test
    @Timeout(20)
    void no_text_makes_the_search_slow() {
        ContentFlags many = ContentFlags.none()
                .with("a", Action.FLAG, "a ".repeat(99) + "b", "a ".repeat(98) + "c", "a ".repeat(97) + "d");

        assertThat(many.find("a ".repeat(20_000))).isEmpty();
    }

    @Test
    void a_flag_refuses_or_is_told_after_the_commit_and_shows_names_not_words() {
        List<Finding> told = new ArrayList<>();
        Gates gates = new Gates(List.of(FLAGS.gate(told::add)), Duration.ofSeconds(1));
        List<GateRecord> refused = gates.check(GateCase.request(Stage.ACCEPT, message -> message.text("Kredit, café")));
        List<GateRecord> flagged = gates.check(GateCase.request(Stage.ACCEPT, message -> message.text("café")));
        assertThat(told).isEmpty();
        MessageId id = new MessageId(new UUID(1, 2));

        gates.committed(id, TenantId.DEFAULT, refused);
        gates.committed(id, TenantId.DEFAULT, flagged);
        gates.committed(id, TenantId.DEFAULT, gates.check(GateCase.request(Stage.ACCEPT, message -> message)));

        assertThat(refused.get(0).decision()).isInstanceOf(Decision.Refuse.class);
        assertThat(refused.get(0).decision().values()).containsEntry("flags", "loan,praise");
        assertThat(flagged.get(0).decision()).isInstanceOf(Decision.Pass.class);
        assertThat(told)
                .containsExactly(
                        new Finding(id, TenantId.DEFAULT, Set.of("loan", "praise"), true),
                        new Finding(id, TenantId.DEFAULT, Set.of("praise"), false));
        assertThatNoException()
                .isThrownBy(() -> new Gates(
                                List.of(FLAGS.gate(finding -> {
                                    throw new IllegalStateException("broken");
                                })),
                                Duration.ofSeconds(1))
                        .committed(id, TenantId.DEFAULT, flagged));
    }
}
