// A program in the manner of Alibaba's tutorial on managing ECS instances, for alibaba-cloud-sdk-go.
//
// It is written for the real cloud: keys as arguments, no endpoint, no proxy. It prints what it saw as JSON.
// Usage: tutorial ACCESS_KEY_ID ACCESS_KEY_SECRET READER_KEY_ID READER_KEY_SECRET V_SWITCH_ID SECURITY_GROUP_ID IMAGE_ID
package main

import (
	"encoding/json"
	"errors"
	"log"
	"os"
	"time"

	sdkerrors "github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
)

const region = "cn-hangzhou"

func client(keyID, keySecret string) *ecs.Client {
	made, err := ecs.NewClientWithAccessKey(region, keyID, keySecret)
	must(err)
	return made
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// code is the error code that a call ends with.
func code(err error) string {
	var refused *sdkerrors.ServerError
	if errors.As(err, &refused) {
		return refused.ErrorCode()
	}
	if err != nil {
		return err.Error()
	}
	return "none"
}

func status(clt *ecs.Client, id string) string {
	request := ecs.CreateDescribeInstancesRequest()
	ids, err := json.Marshal([]string{id})
	must(err)
	request.InstanceIds = string(ids)
	answer, err := clt.DescribeInstances(request)
	must(err)
	if len(answer.Instances.Instance) == 0 {
		return "gone"
	}
	return answer.Instances.Instance[0].Status
}

func wait(clt *ecs.Client, id, goal string) string {
	now := ""
	for range make([]struct{}, 600) {
		if now = status(clt, id); now == goal {
			return now
		}
		time.Sleep(50 * time.Millisecond)
	}
	return "still " + now
}

func regions(clt *ecs.Client) []string {
	answer, err := clt.DescribeRegions(ecs.CreateDescribeRegionsRequest())
	must(err)
	ids := []string{}
	for _, one := range answer.Regions.Region {
		ids = append(ids, one.RegionId)
	}
	return ids
}

func instances(clt *ecs.Client) (ids []string, total int) {
	for page := 1; ; page++ {
		request := ecs.CreateDescribeInstancesRequest()
		request.PageSize = requests.NewInteger(50)
		request.PageNumber = requests.NewInteger(page)
		answer, err := clt.DescribeInstances(request)
		must(err)
		for _, one := range answer.Instances.Instance {
			ids = append(ids, one.InstanceId)
		}
		if len(ids) >= answer.TotalCount || len(answer.Instances.Instance) == 0 {
			return ids, answer.TotalCount
		}
	}
}

func run(clt *ecs.Client, vSwitchID, securityGroupID, imageID string) []string {
	request := ecs.CreateRunInstancesRequest()
	request.InstanceType = "ecs.g6.large"
	request.ImageId = imageID
	request.VSwitchId = vSwitchID
	request.SecurityGroupId = securityGroupID
	request.InstanceName = "教程-go"
	request.DataDisk = &[]ecs.RunInstancesDataDisk{{Size: "40", Category: "cloud_essd"}}
	request.Tag = &[]ecs.RunInstancesTag{{Key: "made-by", Value: "go"}}
	answer, err := clt.RunInstances(request)
	must(err)
	id := answer.InstanceIdSets.InstanceIdSet[0]
	states := []string{wait(clt, id, "Running")}

	stop := ecs.CreateStopInstanceRequest()
	stop.InstanceId = id
	_, err = clt.StopInstance(stop)
	must(err)
	states = append(states, wait(clt, id, "Stopped"))

	start := ecs.CreateStartInstanceRequest()
	start.InstanceId = id
	_, err = clt.StartInstance(start)
	must(err)
	states = append(states, wait(clt, id, "Running"))

	release := ecs.CreateDeleteInstanceRequest()
	release.InstanceId = id
	release.Force = requests.NewBoolean(true)
	_, err = clt.DeleteInstance(release)
	must(err)
	return append(states, wait(clt, id, "gone"))
}

func main() {
	args := os.Args[1:]
	if len(args) != 7 {
		log.Fatal("seven arguments are needed")
	}
	clt := client(args[0], args[1])
	ids, total := instances(clt)
	seen := map[string]any{"regions": regions(clt), "instances": ids, "total": total}
	seen["states"] = run(clt, args[4], args[5], args[6])

	_, wrongSecret := client(args[0], "not-the-secret").DescribeRegions(ecs.CreateDescribeRegionsRequest())
	start := ecs.CreateStartInstanceRequest()
	start.InstanceId = "i-bp1doesnotexist00000"
	_, missing := clt.StartInstance(start)
	stop := ecs.CreateStopInstanceRequest()
	stop.InstanceId = ids[0]
	_, forbidden := client(args[2], args[3]).StopInstance(stop)
	seen["errors"] = map[string]string{"wrongSecret": code(wrongSecret), "missingInstance": code(missing), "forbidden": code(forbidden)}
	must(json.NewEncoder(os.Stdout).Encode(seen))
}
