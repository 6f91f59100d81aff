/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.processor.read;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeParameterTree;
import com.sun.source.tree.VariableTree;
import dev.polyphony.processor.model.TypeRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** The names that are in scope at a point of the body, innermost first, and then the file's. */
final class Scope {

    private final AllMembers members;
    private final Imports imports;
    private final Deque<Frame> frames = new ArrayDeque<>();

    Scope(AllMembers members, Imports imports) {
        this.members = members;
        this.imports = imports;
    }

    private record Frame(
            Map<String, TypeMirror> variables,
            Map<String, List<Long>> values,
            Set<String> plainTypes,
            Set<String> methods,
            Map<String, TypeElement> memberTypes,
            Optional<TypeElement> owner,
            boolean isClass) {

        Frame(Optional<TypeElement> owner, boolean isClass) {
            this(
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashSet<>(),
                    new HashSet<>(),
                    new HashMap<>(),
                    owner,
                    isClass);
        }
    }

    /** Enters a method, a block or another construct in which variables live. */
    void push(Tree node) {
        frames.push(new Frame(Optional.empty(), false));
        if (node instanceof MethodTree method) {
            method.getTypeParameters().forEach(this::declareType);
        }
    }

    void pop() {
        frames.pop();
    }

    /**
     * Enters a class.
     *
     * @param tree the class
     * @param owner the class itself; empty for a local or anonymous class
     * @param supertypes the supertypes of a local or anonymous class, as far as they are known
     */
    void push(ClassTree tree, Optional<TypeElement> owner, List<TypeElement> supertypes) {
        Frame frame = new Frame(owner, true);
        frames.push(frame);
        if (owner.isEmpty()) {
            for (TypeElement type : supertypes) {
                addMembers(frame, type, frames.getLast().owner().orElse(type));
            }
        }
        for (Tree member : tree.getMembers()) {
            if (member instanceof VariableTree field) {
                frame.variables().put(field.getName().toString(), null);
            } else if (member instanceof MethodTree method) {
                frame.methods().add(method.getName().toString());
            } else if (member instanceof ClassTree type && owner.isEmpty()) {
                frame.plainTypes().add(type.getSimpleName().toString());
            }
        }
        if (owner.isPresent()) {
            addMembers(frame, owner.get(), owner.get());
        }
        tree.getTypeParameters().forEach(this::declareType);
    }

    /** Adds the members that a class of the same package as another has from a type. */
    private void addMembers(Frame frame, TypeElement type, TypeElement other) {
        for (Element member : members.of(type)) {
            if (!type.equals(other) && !members.isInherited(member, other)) {
                continue;
            }
            String name = member.getSimpleName().toString();
            if (member instanceof VariableElement field) {
                frame.variables().put(name, field.asType());
            } else if (member instanceof ExecutableElement) {
                frame.methods().add(name);
            } else if (member instanceof TypeElement nested) {
                frame.memberTypes().put(name, nested);
            }
        }
    }

    /** The member class of this name, if the innermost scope is that of a member class. */
    Optional<TypeElement> memberOfInnermost(String name) {
        Frame frame = frames.element();
        return frame.owner().map(owner -> frame.memberTypes().get(name));
    }

    /** The member class whose {@code this} is meant; empty in local and anonymous classes. */
    Optional<TypeElement> innermostClass() {
        for (Frame frame : frames) {
            if (frame.isClass()) {
                return frame.owner();
            }
        }
        return Optional.empty();
    }

    /** The class around all others; empty where that is not known. */
    Optional<TypeElement> outermostClass() {
        return frames.isEmpty() ? Optional.empty() : frames.getLast().owner();
    }

    /** The classes around, from the innermost; none where one of them is local or anonymous. */
    List<TypeElement> allClasses() {
        List<TypeElement> classes = new ArrayList<>();
        for (Frame frame : frames) {
            if (frame.isClass()) {
                if (frame.owner().isEmpty()) {
                    return List.of();
                }
                classes.add(frame.owner().get());
            }
        }
        return classes;
    }

    void declare(String variable, TypeMirror type) {
        frames.element().variables().put(variable, type);
    }

    /** Whether the innermost scope is that of a class: its variables are fields. */
    boolean isOfClass() {
        return frames.element().isClass();
    }

    /** Notes the values that a variable of the innermost scope is known to take. */
    void setValues(String variable, List<Long> values) {
        frames.element().values().put(variable, values);
    }

    /** The values that a variable is known to take; none if they are not known. */
    List<Long> values(String variable) {
        Frame frame = innermost(variable);
        return frame == null ? List.of() : frame.values().getOrDefault(variable, List.of());
    }

    void declareType(TypeParameterTree parameter) {
        declareType(parameter.getName().toString());
    }

    void declareType(String name) {
        frames.element().plainTypes().add(name);
    }

    /** Whether a method of this name belongs to one of the enclosing classes. */
    boolean hasMethod(String name) {
        for (Frame frame : frames) {
            if (frame.methods().contains(name)) {
                return true;
            }
        }
        return false;
    }

    /** The variable of this name, if there is one: variables come before types. */
    Optional<Meaning.Variable> variable(String name) {
        Frame frame = innermost(name);
        return frame == null
                ? Optional.empty()
                : Optional.of(new Meaning.Variable(frame.variables().get(name)));
    }

    /** Whether a name is a variable of a method or lambda. */
    boolean isLocal(String name) {
        Frame frame = innermost(name);
        return frame != null && !frame.isClass();
    }

    /** The field of this name, where its class is no local or anonymous one. */
    Optional<VariableElement> field(String name) {
        Frame frame = innermost(name);
        return frame != null && frame.isClass() && frame.owner().isPresent()
                ? field(frame.owner().get(), name)
                : Optional.empty();
    }

    /** The field of a class that has this name. */
    Optional<VariableElement> field(TypeElement owner, String name) {
        for (Element member : members.of(owner)) {
            if (member instanceof VariableElement field
                    && field.getSimpleName().contentEquals(name)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** The innermost scope with a variable of this name; null if there is none. */
    private Frame innermost(String variable) {
        for (Frame frame : frames) {
            if (frame.variables().containsKey(variable)) {
                return frame;
            }
        }
        return null;
    }

    /** Whether a name is a static field that the given class itself declares. */
    boolean isStaticFieldOf(TypeRef type, String name) {
        return staticFieldOf(type, name).isPresent();
    }

    /** Whether a name is a constant that the given class itself declares. */
    boolean isConstantOf(TypeRef type, String name) {
        Optional<VariableElement> field = staticFieldOf(type, name);
        return field.isPresent() && field.get().getConstantValue() != null;
    }

    private Optional<VariableElement> staticFieldOf(TypeRef type, String name) {
        Frame frame = innermost(name);
        return frame != null
                        && frame.owner().isPresent()
                        && TypeRef.of(frame.owner().get()).equals(type)
                ? staticField(frame.owner().get(), name)
                : Optional.empty();
    }

    private static Optional<VariableElement> staticField(TypeElement type, String name) {
        for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
            if (field.getModifiers().contains(Modifier.STATIC)
                    && field.getSimpleName().contentEquals(name)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    /** Whether the innermost member class or one around it is the given one, with such a method. */
    boolean isStaticMethodOf(TypeRef type, String name) {
        for (Frame frame : frames) {
            if (frame.owner().isPresent()
                    && TypeRef.of(frame.owner().get()).equals(type)
                    && hasStaticMethod(frame.owner().get(), name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasStaticMethod(TypeElement type, String name) {
        for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
            if (method.getModifiers().contains(Modifier.STATIC)
                    && method.getSimpleName().contentEquals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the given class declares a static field, when it is named with its class. */
    static boolean isStaticField(TypeElement owner, TypeRef type, String name) {
        return TypeRef.of(owner).equals(type) && staticField(owner, name).isPresent();
    }

    /** The type of this name. */
    Meaning type(String name) {
        for (Frame frame : frames) {
            if (frame.plainTypes().contains(name)) {
                return new Meaning.Plain();
            }
            if (frame.memberTypes().containsKey(name)) {
                return new Meaning.Type(frame.memberTypes().get(name));
            }
            if (frame.owner().isPresent()
                    && frame.owner().get().getSimpleName().contentEquals(name)) {
                return new Meaning.Type(frame.owner().get());
            }
        }
        return imports.type(name).orElse(new Meaning.Unknown());
    }
}
