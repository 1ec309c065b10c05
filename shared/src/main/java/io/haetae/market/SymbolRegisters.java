package io.haetae.market;

import java.util.function.UnaryOperator;

/** The port through which the life of symbols is kept. */
public interface SymbolRegisters {

    /** Empty register when nothing was stored yet. */
    SymbolRegister read();

    /**
     * Stores the change of what stands. Two writers at once lose nothing: the change is made again on what the other left, so
     * it must depend on its argument alone. A change that changes nothing writes nothing.
     *
     * @return the register as it stands afterwards
     */
    SymbolRegister update(UnaryOperator<SymbolRegister> change);
}
