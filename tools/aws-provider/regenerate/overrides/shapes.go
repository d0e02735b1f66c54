package main

import (
	"encoding/json"
	"fmt"
)

// prop is a property of npm's types: whether it may be left out, and its shape.
type prop struct {
	Opt  bool            `json:"opt"`
	Type json.RawMessage `json:"type"`
}

type props map[string]prop

// shapes is what shapes.mjs prints.
type shapes struct {
	Resources map[string]struct{ Inputs, State props }
	Functions map[string]struct{ Inputs, Result props }
	Provider  struct{ Inputs props }
}

// kind tells the shape's name: "string", "list", "map", "object" …; inner is the element or the members.
func kind(raw json.RawMessage) (name string, inner json.RawMessage) {
	if json.Unmarshal(raw, &name) == nil {
		return name, nil
	}
	var wrapped map[string]json.RawMessage
	if err := json.Unmarshal(raw, &wrapped); err != nil || len(wrapped) != 1 {
		panic(fmt.Sprintf("no shape: %s", raw))
	}
	for name, inner = range wrapped {
	}
	return name, inner
}

// element is the inner shape of a list's shape; nil stays nil.
func element(raw json.RawMessage) json.RawMessage {
	if raw == nil {
		return nil
	}
	_, inner := kind(raw)
	return inner
}

// members reads an object's members; ok is false for a type that holds itself, which shapes.mjs tells by name.
func members(raw json.RawMessage) (found props, ok bool) {
	return found, raw == nil || json.Unmarshal(raw, &found) == nil
}
