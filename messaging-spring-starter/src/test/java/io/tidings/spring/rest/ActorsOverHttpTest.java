package io.tidings.spring.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidings.Tidings;
import io.tidings.audit.Action;
import io.tidings.audit.Actor;
import io.tidings.audit.AuditEntry;
import io.tidings.audit.AuditQuery;
import io.tidings.audit.AuditSettings;
import io.tidings.message.MessageId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who did something, where the application has settings of its own for the audit trail. */
class ActorsOverHttpTest {

    private static List<Actor> who(Tidings tidings, Action action) {
        return tidings.audit().search(AuditQuery.all().of(action)).stream()
                .map(AuditEntry::actor)
                .toList();
    }

    @Test
    void a_caller_is_named_by_its_key_and_everybody_else_by_the_application() {
        RestRig rig = new RestRig()
                .withKey("desk", "scopes=operate")
                .customized(builder -> builder.audit(
                        AuditSettings.defaults().withEnvironment("garage").withActors(() -> Actor.user("nightly"))));
        rig.run(context -> {
            Tidings tidings = context.getBean(Tidings.class);
            MessageId id = tidings.sms("+12025550143", "Your car is ready.").id();

            assertThat(rig.call(
                                    context,
                                    "POST",
                                    "/messages/" + id + "/cancel",
                                    "",
                                    "Authorization",
                                    RestRig.bearer("desk"))
                            .status())
                    .isEqualTo(200);

            assertThat(who(tidings, Action.MESSAGE_CANCELLED)).containsExactly(new Actor(Actor.Kind.API_KEY, "desk"));
            assertThat(who(tidings, Action.MESSAGE_SENT)).containsExactly(Actor.user("nightly"));
            assertThat(tidings.audit().search(AuditQuery.all()))
                    .allMatch(entry -> entry.place().environment().equals("garage"));
        });
    }
}
