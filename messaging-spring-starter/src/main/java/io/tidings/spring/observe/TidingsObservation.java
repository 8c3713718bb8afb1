package io.tidings.spring.observe;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** What Tidings observes, by which keys. No key holds a number or a text. */
public enum TidingsObservation implements ObservationDocumentation {
    /** A call that takes messages in, in the caller's transaction. */
    SEND("tidings.send", DefaultSendConvention.class) {
        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return new KeyName[] {Low.CHANNEL, Low.TEMPLATE, Low.OUTCOME};
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return new KeyName[] {High.ID, High.COUNT};
        }
    },

    /** A request that hands a message over to the provider. */
    DELIVER("tidings.deliver", DefaultDeliverConvention.class) {
        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return new KeyName[] {Low.CHANNEL, Low.TEMPLATE, Low.PROVIDER, Low.OUTCOME, Low.ERROR_CODE};
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return new KeyName[] {High.ID, High.SID, High.CAMPAIGN};
        }
    },

    /** A request of the provider, which is answered. */
    WEBHOOK("tidings.webhook", DefaultWebhookConvention.class) {
        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return new KeyName[] {Low.KIND, Low.OUTCOME};
        }
    },

    /** A report of the provider about an attempt: by a callback, to a poll, in a list. */
    STATUS("tidings.status", DefaultStatusConvention.class) {
        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return new KeyName[] {Low.STATUS, Low.SOURCE, Low.OUTCOME, Low.ERROR_CODE};
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return new KeyName[] {High.ID, High.SID};
        }
    },

    /** A call of a handler with a message from a person. */
    INBOUND("tidings.inbound", DefaultInboundConvention.class) {
        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return new KeyName[] {Low.CHANNEL, Low.OUTCOME};
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return new KeyName[] {High.ID};
        }
    };

    private final String observed;
    private final Class<? extends ObservationConvention<? extends Observation.Context>> convention;

    TidingsObservation(
            String observed, Class<? extends ObservationConvention<? extends Observation.Context>> convention) {
        this.observed = observed;
        this.convention = convention;
    }

    /** What the observation is called. */
    public String observed() {
        return observed;
    }

    @Override
    public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
        return convention;
    }

    @Override
    public String getPrefix() {
        return "";
    }

    /** Keys of few values, which meters have too. */
    public enum Low implements KeyName {
        /** What it travels by: {@code sms}, {@code mms}, {@code whatsapp}; {@code mixed} for several at once. */
        CHANNEL("channel"),
        /** The template's name; {@code none} without one, {@code mixed} for several at once. */
        TEMPLATE("template"),
        /** {@code live} or {@code sandbox}. */
        PROVIDER("provider"),
        /** How it ended. */
        OUTCOME("outcome"),
        /** The provider's error code, if it is in the table, else {@code other}; {@code none} without one. */
        ERROR_CODE("error.code"),
        /** What the provider called about: {@code status}, {@code inbound} or {@code other}. */
        KIND("kind"),
        /** What the provider reported: {@code sent}, {@code delivered}, {@code undelivered} and so on. */
        STATUS("status"),
        /** How a report came: {@code callback}, {@code poll} or {@code list}. */
        SOURCE("source");

        private final String key;

        Low(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /** Keys of many values, for traces alone. */
    public enum High implements KeyName {
        /** Our id of the message. */
        ID("tidings.id"),
        /** How many messages were taken in at once. */
        COUNT("tidings.count"),
        /** The provider's id. */
        SID("tidings.sid"),
        /** The value of the message's tag {@code campaign}. */
        CAMPAIGN("tidings.campaign");

        private final String key;

        High(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }
}
