package io.tidings;

import io.tidings.consent.Consent;
import io.tidings.inbound.GapSettings;
import io.tidings.inbound.InboundHandler;
import io.tidings.inbound.InboundSettings;
import io.tidings.inbound.InboundSetup;
import io.tidings.inbound.Routes;
import io.tidings.message.InboundMessage;
import io.tidings.message.Mailbox;
import io.tidings.message.MessageIds;
import io.tidings.message.Sender;
import io.tidings.message.TenantId;
import io.tidings.message.TimeSource;
import io.tidings.outbox.Intake;
import io.tidings.outbox.Stores;
import io.tidings.template.WhatsAppTemplates;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the builder was told about messages from people. */
final class TwoWay {
    Routes routes = Routes.none();
    InboundSettings settings = InboundSettings.defaults();

    @Nullable
    GapSettings gaps;

    WhatsAppTemplates whatsApp = WhatsAppTemplates.none();
    List<Mailbox> mailboxes = List.of();
    Function<Sender, TenantId> tenants = sender -> TenantId.DEFAULT;
    Consumer<InboundMessage> watcher = message -> {};
    UnaryOperator<InboundHandler> around = UnaryOperator.identity();

    GapSettings gaps() {
        return gaps != null ? gaps : GapSettings.defaults();
    }

    InboundSetup setup(Stores stores, Intake intake, MessageIds ids, Consent consent, TimeSource time) {
        return new InboundSetup(
                stores,
                intake,
                ids,
                (account, sender) -> tenants.apply(sender),
                consent,
                watcher,
                routes.around(around),
                settings,
                gaps(),
                time);
    }
}
