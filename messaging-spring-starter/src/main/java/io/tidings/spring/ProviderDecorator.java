package io.tidings.spring;

import io.tidings.provider.Provider;

/** Puts something around the provider, such as observation. Beans of this type are applied in their order. */
@FunctionalInterface
public interface ProviderDecorator {

    /** The provider to use instead, which closes the one given when it is closed. */
    Provider decorate(Provider provider);
}
