package main

import (
	"encoding/json"
	"fmt"
	"sort"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"

	"lakeworks/aws-provider/provider"
)

// fields is the number of matched fields; problems are the differences that no override reconciles.
var (
	fields   int
	problems []string
)

// object is a Terraform object beside the npm members that show it.
type object struct {
	path   string
	schema shim.SchemaMap
	inputs props // of the arguments
	state  props // of the state or the result; nil where there is none
	top    bool  // a whole resource or the provider, not a block in it
	hand   map[string]*tfbridge.SchemaInfo
	taken  map[string]bool // the npm members that have found their field
}

func (o *object) problem(field, format string, a ...any) {
	problems = append(problems, fmt.Sprintf("%s.%s: %s", o.path, field, fmt.Sprintf(format, a...)))
}

func (o *object) member(name string) (prop, bool) {
	if p, ok := o.inputs[name]; ok {
		return p, true
	}
	p, ok := o.state[name]
	return p, ok
}

func (o *object) names() []string {
	all := map[string]bool{}
	for name := range o.inputs {
		all[name] = true
	}
	for name := range o.state {
		all[name] = true
	}
	return sorted(all)
}

// match returns the overrides that make the bridge show the object as npm does.
func (o *object) match() map[string]*provider.Override {
	o.taken = map[string]bool{}
	overrides := map[string]*provider.Override{}
	late := []string{}
	all := map[string]bool{}
	o.schema.Range(func(field string, _ shim.Schema) bool {
		all[field] = true
		return true
	})
	for _, field := range sorted(all) {
		if field == "id" && o.top {
			o.taken["id"] = true
		} else if info := o.hand[field]; info != nil && info.Name != "" {
			o.override(field, info.Name, nil) // Told by fields.go, so not written; only counted and checked.
		} else if name, one, ok := o.ownName(field); ok {
			o.put(overrides, field, name, one)
		} else {
			late = append(late, field)
		}
	}
	for _, field := range late {
		if name, one, ok := o.likeName(field); ok {
			o.put(overrides, field, name, one)
		} else {
			o.problem(field, "not in npm")
		}
	}
	for _, name := range o.names() {
		if !o.taken[name] && name != "id" {
			o.problem(name, "only in npm")
		}
	}
	return overrides
}

func (o *object) put(overrides map[string]*provider.Override, field, name string, one *bool) {
	override := o.override(field, name, one)
	if text, _ := json.Marshal(override); string(text) != "{}" {
		overrides[field] = override
	}
}

// ownName finds the member by the name that the bridge gives: as it is, or with the opposite of its MaxItemsOne.
func (o *object) ownName(field string) (string, *bool, bool) {
	s := o.schema.Get(field)
	tries := []*bool{nil}
	if isCollection(s) {
		opposite := !isFlat(s, nil)
		tries = append(tries, &opposite)
	}
	for _, one := range tries {
		name := pulumiName(field, s, one)
		p, ok := o.member(name)
		if !ok || o.taken[name] {
			continue
		}
		if shape, _ := kind(p.Type); !isCollection(s) || (shape == "list") != isFlat(s, one) {
			return name, one, true
		}
	}
	return "", nil, false
}

// likeName finds a member that is left and has the same letters.
func (o *object) likeName(field string) (string, *bool, bool) {
	s := o.schema.Get(field)
	for _, name := range o.names() {
		if o.taken[name] || letters(name) != letters(field) {
			continue
		}
		p, _ := o.member(name)
		if shape, _ := kind(p.Type); isCollection(s) && (shape != "list") != isFlat(s, nil) {
			flat := shape != "list"
			return name, &flat, true
		}
		return name, nil, true
	}
	return "", nil, false
}

// override is what makes the field the member `name`.
func (o *object) override(field, name string, one *bool) *provider.Override {
	s := o.schema.Get(field)
	p, ok := o.member(name)
	if !ok {
		o.problem(field, "npm has no %s", name)
		return &provider.Override{}
	}
	o.taken[name] = true
	fields++
	override := &provider.Override{MaxItemsOne: one}
	if name != pulumiName(field, s, one) {
		override.Name = name
	}
	shape, inner := kind(p.Type)
	o.overrideType(override, field, shape, inner, element(o.state[name].Type), isFlat(s, one))
	if o.top && o.inputs != nil {
		o.overrideUse(override, field, name)
	}
	return override
}

// overrideType reconciles the types. inner and innerState are what the shape wraps in the inputs and in the state.
func (o *object) overrideType(override *provider.Override, field, shape string, inner, innerState json.RawMessage, flat bool) {
	s := o.schema.Get(field)
	nested, isBlock := block(s)
	expect := func(wanted string) bool {
		if shape != wanted {
			o.problem(field, "a %s in Terraform, %s in npm", wanted, shape)
		}
		return shape == wanted
	}
	switch {
	case isCollection(s) && !flat:
		if !expect("list") {
			return
		}
		itemShape, item := kind(inner)
		if isBlock && itemShape == "object" {
			override.Elem = withFields(o.below(field, nested, item, element(innerState)))
		} else if isBlock {
			o.problem(field, "blocks in Terraform, a list of %s in npm", itemShape)
		} else if e, ok := s.Elem().(shim.Schema); ok && scalar(e.Type()) != "?" && scalar(e.Type()) != itemShape {
			o.problem(field, "elements are %s in Terraform, %s in npm", scalar(e.Type()), itemShape)
			override.Elem = &provider.Override{Type: itemShape}
		}
	case isCollection(s) && isBlock:
		if expect("object") {
			override.Elem = withFields(o.below(field, nested, inner, innerState))
		}
	case isCollection(s):
		if e, ok := s.Elem().(shim.Schema); ok {
			expect(scalar(e.Type()))
		}
	case s.Type() == shim.TypeMap && isBlock:
		if expect("object") {
			override.Fields = o.below(field, nested, inner, innerState)
		}
	case s.Type() == shim.TypeMap:
		expect("map")
	case shape == "json":
		override.JSON = true
	case shape == "ref" || shape == "asset" || shape == "any" || scalar(s.Type()) == "?":
		// A link to another resource or a file: sent as it comes.
	case shape != scalar(s.Type()):
		override.Type = shape
	}
}

// overrideUse reconciles who sets the field.
func (o *object) overrideUse(override *provider.Override, field, name string) {
	s := o.schema.Get(field)
	input, isInput := o.inputs[name]
	settable := s.Optional() || s.Required()
	override.ComputedOnly = !isInput && settable
	if isInput && !settable {
		o.problem(field, "computed in Terraform, an input in npm")
	}
	// Every name may be left out: the bridge makes one.
	if isInput && s.Required() && input.Opt && name != "name" {
		override.Optional = true
		o.problem(field, "required in Terraform, optional in npm")
	}
}

func (o *object) below(field string, schema shim.SchemaMap, inputs, state json.RawMessage) map[string]*provider.Override {
	in, ok := members(inputs)
	if !ok {
		return nil
	}
	out, _ := members(state)
	return (&object{path: o.path + "." + field, schema: schema, inputs: in, state: out}).match()
}

func withFields(overrides map[string]*provider.Override) *provider.Override {
	if len(overrides) == 0 {
		return nil
	}
	return &provider.Override{Fields: overrides}
}

func sorted(set map[string]bool) []string {
	names := make([]string, 0, len(set))
	for name := range set {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
