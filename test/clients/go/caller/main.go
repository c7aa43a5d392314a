// Calls operations with alibaba-cloud-sdk-go, as lines of JSON ask for them; ../../walks/callers.ts tells what they are.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"
	"reflect"
	"strconv"
	"strings"

	sdkerrors "github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ram"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/sts"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/vpc"
)

type order struct {
	API, Endpoint, AccessKeyID, AccessKeySecret, RegionID, Call string
	With                                                        map[string]any
}

// service is a package of the SDK: what it calls itself in requests, and how its client is made.
type service struct {
	product, version string
	client           func(regionID, accessKeyID, accessKeySecret string) (any, error)
}

func of[C any](product, version string, client func(regionID, accessKeyID, accessKeySecret string) (C, error)) service {
	return service{product, version, func(regionID, accessKeyID, accessKeySecret string) (any, error) {
		return client(regionID, accessKeyID, accessKeySecret)
	}}
}

var services = map[string]service{
	"ecs20140526": of("Ecs", "2014-05-26", ecs.NewClientWithAccessKey),
	"vpc20160428": of("Vpc", "2016-04-28", vpc.NewClientWithAccessKey),
	"ram20150501": of("Ram", "2015-05-01", ram.NewClientWithAccessKey),
	"sts20150401": of("Sts", "2015-04-01", sts.NewClientWithAccessKey),
}

type request interface {
	requests.AcsRequest
	InitWithApiInfo(product, version, action, serviceCode, endpointType string)
	SetDomain(domain string)
}

// look finds a value whose name may lead through objects and lists: `SystemDisk.Size`, `AddGroup.1`.
func look(given any, name string) (any, bool) {
	first, rest, dotted := strings.Cut(name, ".")
	var value any
	switch holder := given.(type) {
	case map[string]any:
		if whole, found := holder[name]; found {
			return whole, true
		}
		value = holder[first]
	case []any:
		if at, err := strconv.Atoi(first); err == nil && at >= 1 && at <= len(holder) {
			value = holder[at-1]
		}
	}
	if value != nil && dotted {
		return look(value, rest)
	}
	return value, value != nil
}

func set(field reflect.Value, value any) {
	switch field.Kind() {
	case reflect.Pointer:
		field.Set(reflect.New(field.Type().Elem()))
		set(field.Elem(), value)
	case reflect.Struct:
		fill(field, value.(map[string]any))
	case reflect.Slice:
		items := value.([]any)
		field.Set(reflect.MakeSlice(field.Type(), len(items), len(items)))
		for at, item := range items {
			set(field.Index(at), item)
		}
	case reflect.String:
		if _, isObject := value.(map[string]any); isObject {
			text, _ := json.Marshal(value)
			value = string(text)
		}
		field.SetString(fmt.Sprint(value))
	default:
		field.Set(reflect.ValueOf(value))
	}
}

// fill sets the fields of a request by the names that the SDK sends them under.
func fill(target reflect.Value, given map[string]any) {
	for at := 0; at < target.NumField(); at++ {
		name := target.Type().Field(at).Tag.Get("name")
		if value, found := look(given, name); name != "" && found {
			set(target.Field(at), value)
		}
	}
}

func call(asked order) (told map[string]any) {
	defer func() {
		if problem := recover(); problem != nil {
			told = map[string]any{"broken": fmt.Sprint(problem)}
		}
	}()
	region := asked.RegionID
	if given, found := asked.With["RegionId"].(string); found {
		// The SDK sends its client's.
		region = given
	}
	sdk := services[asked.API]
	client, err := sdk.client(region, asked.AccessKeyID, asked.AccessKeySecret)
	if err != nil {
		return map[string]any{"broken": err.Error()}
	}
	method := reflect.ValueOf(client).MethodByName(asked.Call)
	if !method.IsValid() {
		return map[string]any{"unknown": true}
	}
	made := reflect.New(method.Type().In(0).Elem())
	made.Elem().FieldByName("RpcRequest").Set(reflect.ValueOf(&requests.RpcRequest{}))
	sent := made.Interface().(request)
	sent.InitWithApiInfo(sdk.product, sdk.version, asked.Call, strings.ToLower(sdk.product), "openAPI")
	sent.SetDomain(asked.Endpoint)
	sent.SetScheme("HTTP")
	fill(made.Elem(), asked.With)
	results := method.Call([]reflect.Value{made})
	if err, failed := results[1].Interface().(error); failed {
		var refused *sdkerrors.ServerError
		if errors.As(err, &refused) {
			return map[string]any{"refused": refused.ErrorCode(), "message": refused.Message()}
		}
		return map[string]any{"broken": err.Error()}
	}
	return map[string]any{"answer": results[0].Interface()}
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var asked order
		decoder := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		decoder.UseNumber()
		if err := decoder.Decode(&asked); err != nil {
			log.Fatal(err)
		}
		if err := json.NewEncoder(os.Stdout).Encode(call(asked)); err != nil {
			log.Fatal(err)
		}
	}
}
