package io.tidings.spring;

import io.tidings.Tidings;
import io.tidings.account.CredentialSource;
import io.tidings.jdbc.JdbcStores;
import io.tidings.outbox.Stores;
import io.tidings.provider.Accounts;
import io.tidings.provider.Provider;
import io.tidings.sandbox.Sandbox;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;

/** The {@link Tidings} bean, over whichever provider and stores there are, and the life of its worker. */
@AutoConfiguration(after = {TwilioTransportAutoConfiguration.class, TidingsStoresAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = "tidings.enabled", matchIfMissing = true)
@ConditionalOnMissingBean(type = "io.tidings.test.TestTidings")
@EnableConfigurationProperties({TidingsProperties.class, TidingsTenantProperties.class})
@ImportRuntimeHints(TidingsRuntimeHints.class)
public final class TidingsAutoConfiguration {

    @Bean
    SendingThreads tidingsSendingThreads(Environment environment, TidingsProperties properties) {
        return new SendingThreads(environment, properties.worker().inFlight());
    }

    @Bean
    Assembly tidingsAssembly(
            TidingsProperties properties,
            ObjectProvider<CredentialSource> credentials,
            ObjectProvider<TidingsCustomizer> customizers,
            ObjectProvider<ProviderDecorator> decorators) {
        return new Assembly(
                properties,
                credentials.getIfAvailable(),
                customizers.orderedStream().toList(),
                decorators.orderedStream().toList());
    }

    /** Which the application may change while it runs. */
    @Bean
    @ConditionalOnMissingBean
    Accounts tidingsAccounts(TidingsTenantProperties tenants) {
        return tenants.ownAccountsOnly() ? Accounts.strict() : Accounts.orHouse();
    }

    @Bean
    TenantAccounts tidingsTenants(
            TidingsTenantProperties tenants,
            TidingsProperties properties,
            ObjectProvider<TenantAccounts.Opening> opening) {
        return new TenantAccounts(tenants, properties, opening.getIfAvailable());
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Tidings tidings(
            Assembly assembly,
            Accounts accounts,
            TenantAccounts tenants,
            ObjectProvider<Provider> provider,
            Stores stores,
            SendingThreads threads,
            ApplicationContext context) {
        Provider carrier = provider.getIfAvailable(TidingsAutoConfiguration::nobody);
        assembly.check(carrier, context.getEnvironment(), context);
        tenants.assignTo(accounts);
        return assembly.tidings(carrier, accounts, stores, threads);
    }

    private static Provider nobody() {
        throw new SetupProblem(
                SetupProblem.Kind.NO_PROVIDER,
                "Nobody carries messages: neither is tidings.provider set nor are there credentials of Twilio.",
                "Set tidings.provider=sandbox to try without an account, or set tidings.twilio.account-sid and"
                        + " tidings.twilio.auth-token (or the variables TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN).");
    }

    @Bean
    @ConditionalOnMissingBean
    StartLine tidingsStartLine(
            ObjectProvider<Provider> provider, ObjectProvider<Sandbox> sandbox, ObjectProvider<JdbcStores> database) {
        return new StartLine(
                provider.getIfAvailable(TidingsAutoConfiguration::nobody),
                sandbox.getIfAvailable(),
                database.getIfAvailable());
    }

    @Bean
    WorkerLifecycle tidingsWorkerLifecycle(
            Tidings tidings,
            TidingsProperties properties,
            StartLine line,
            ObjectProvider<RequiredTemplate> templates,
            Environment environment) {
        GraceCheck.check(properties.worker(), environment);
        TemplateCheck check = new TemplateCheck(templates.stream().toList());
        return new WorkerLifecycle(tidings, properties.worker(), line, check);
    }

    @Bean
    static LazyInitializationExcludeFilter tidingsWorkerIsNeverLazy() {
        return LazyInitializationExcludeFilter.forBeanTypes(WorkerLifecycle.class);
    }
}
