package io.tidings.spring.test;

import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Service;

/** Needs what a slice does not have. */
@Service
class Unrelated {
    Unrelated(AtomicReference<String> nobodyHasThis) {}
}
