package io.tidings.test;

import org.assertj.core.api.AbstractAssert;

/** What can be said about a {@link TestTidings}. */
public final class TestTidingsAssert extends AbstractAssert<TestTidingsAssert, TestTidings> {

    TestTidingsAssert(TestTidings kit) {
        super(kit, TestTidingsAssert.class);
    }

    /** Everything that the other side accepted. */
    public SentAssert sent() {
        isNotNull();
        return SentAssert.of(actual.sent());
    }

    /** What the other side accepted for this number, in international form. */
    public SentAssert sentTo(String number) {
        return sent().to(number);
    }

    /** The other side accepted nothing. */
    public TestTidingsAssert sentNothing() {
        sent().never();
        return this;
    }
}
