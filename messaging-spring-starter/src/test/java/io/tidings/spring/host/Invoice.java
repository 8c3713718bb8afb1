package io.tidings.spring.host;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;

@Entity
class Invoice {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String customer;
    private String phoneNumber;
    private long amountInCents;

    protected Invoice() {}

    Invoice(String customer, String phoneNumber, long amountInCents) {
        this.customer = customer;
        this.phoneNumber = phoneNumber;
        this.amountInCents = amountInCents;
    }

    Long id() {
        return id;
    }

    String customer() {
        return customer;
    }

    String phoneNumber() {
        return phoneNumber;
    }

    long amountInCents() {
        return amountInCents;
    }
}
