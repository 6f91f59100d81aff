/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** Notes in a scope which values its variables are known to take: those that never change. */
final class KnownValues {

    private final Scope scope;
    private final Constants constants;
    private final Set<String> assigned;

    /** The variables of loops, each with what it goes through. */
    private final Map<Tree, ExpressionTree> loops = new IdentityHashMap<>();

    KnownValues(Source source, Scope scope) {
        this.scope = scope;
        this.constants = new Constants(scope);
        this.assigned = Assignments.in(source.tree());
    }

    /** The constants of a class, which its methods may use before they are declared. */
    void constants(ClassTree node) {
        for (Tree member : node.getMembers()) {
            if (member instanceof VariableTree field && isFinal(field)) {
                declared(field);
            }
        }
    }

    /** A variable goes through an array. */
    void loop(EnhancedForLoopTree node) {
        loops.put(node.getVariable(), node.getExpression());
    }

    /** A variable of the innermost scope. */
    void declared(VariableTree variable) {
        String name = variable.getName().toString();
        List<Long> values =
                loops.containsKey(variable)
                        ? constants.elementsOf(loops.get(variable))
                        : constants.of(variable.getInitializer());
        boolean mayChange = assigned.contains(name) || scope.isOfClass() && !isFinal(variable);
        scope.setValues(name, mayChange ? List.of() : values);
    }

    private static boolean isFinal(VariableTree variable) {
        return variable.getModifiers().getFlags().contains(Modifier.FINAL);
    }
}
