package io.tidings.outbox;

import io.tidings.test.AllStoresContract;
import io.tidings.test.SteppableTime;
import java.time.Duration;

class MemoryStoresTest extends AllStoresContract {
    private SteppableTime time = new SteppableTime();

    @Override
    protected Stores newStores() {
        time = new SteppableTime();
        return Stores.inMemory(time);
    }

    @Override
    protected void advance(Duration step) {
        time.forward(step);
    }
}
