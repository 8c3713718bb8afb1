package io.tidings.test;

/** Where assertions begin; import {@code assertThat} statically, beside AssertJ's own. */
public final class TidingsAssertions {
    private TidingsAssertions() {}

    /** Begins an assertion such as {@code assertThat(kit).sentTo("+12025550143").template("pickup").once()}. */
    public static TestTidingsAssert assertThat(TestTidings kit) {
        return new TestTidingsAssert(kit);
    }
}
